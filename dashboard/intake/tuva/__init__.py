"""Tuva Input Layer with our extension, as parquet or CSV: files that already speak the contract."""

from dashboard.intake.tuva.adapter import RECORD_SOURCE, STRICT, keep, people, read, rows_read, table_of

__all__ = ["RECORD_SOURCE", "STRICT", "keep", "people", "read", "rows_read", "table_of"]
