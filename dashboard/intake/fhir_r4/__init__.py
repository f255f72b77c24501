"""FHIR R4 as bulk NDJSON (plain or gz), as Bundles, or as decks of cases."""

from dashboard.intake.fhir_r4.adapter import RECORD_SOURCE, STRICT, keep, people, read, rows_read

__all__ = ["RECORD_SOURCE", "STRICT", "keep", "people", "read", "rows_read"]
