"""What people write: users, scopes, sessions, the audit log. SQLAlchemy 2 on SQLite (WAL) or PostgreSQL."""

from dashboard.state.store import Store, open_store, store_for_serving, upgrade

__all__ = ["Store", "open_store", "store_for_serving", "upgrade"]
