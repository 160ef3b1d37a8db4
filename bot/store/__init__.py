"""The ledger on SQLAlchemy Core: one code for SQLite and PostgreSQL."""
