"""A PostgreSQL that comes as a Python package and is started at the first connection."""
