"""Intake: what senders deliver -> parquet in the extract contract's columns, with a ledger and a person registry."""

from dashboard.intake.report import IntakeReport
from dashboard.intake.take_in import intake

__all__ = ["IntakeReport", "intake"]
