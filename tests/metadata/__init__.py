"""The metadata store over SQLite and PostgreSQL."""
