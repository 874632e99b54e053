"""The constitution as data: what a fair procedure depends on, in one TOML file.

``schema`` is the shape, ``reading`` reads and checks a file, ``explain`` prints it as standing
orders in plain words, ``lint`` finds what contradicts itself, ``diff`` shows what a change
changes, ``presets`` holds two rulebooks to start from.
"""
