"""Synthea's CSV export, plain or gz, also split by region (encounters.california.csv.gz)."""

from dashboard.intake.synthea_csv.adapter import RECORD_SOURCE, STRICT, keep, people, read, rows_read, table_of

__all__ = ["RECORD_SOURCE", "STRICT", "keep", "people", "read", "rows_read", "table_of"]
