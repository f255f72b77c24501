"""Cohorts: people described by words that are data, compiled to the parameters of one page query."""
