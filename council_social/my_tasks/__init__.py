"""My tasks: what waits for one person, by what it is about."""
