"""The bulletin's pages: contributions, issues, handing in, seconding."""
