"""Floor 2: areas, indicators and releases. Sources in, queries out."""
