"""Figures: pure functions of rows that give plotly figures as plain dictionaries, so that a page needs no plotly in Python."""
