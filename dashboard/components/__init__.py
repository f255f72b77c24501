"""Pieces of pages: pure functions of rows. They never ask and never know who is looking."""
