"""The floor: the convention is called, opens, votes by roll call, and closes with every answer."""
