"""Medicare enrolment as the CMS Integrated Data Repository shapes it, parquet or CSV: tables named BENE_..., one a file."""

from dashboard.intake.cms_idr.adapter import RECORD_SOURCE, STRICT, keep, people, read, rows_read, table_of

__all__ = ["RECORD_SOURCE", "STRICT", "keep", "people", "read", "rows_read", "table_of"]
