"""What people write: users, scopes, sessions, the audit log. SQLAlchemy 2 on SQLite (WAL) or PostgreSQL."""

from dashboard.state.store import Store, open_store, upgrade

__all__ = ["Store", "open_store", "upgrade"]
