"""Rounds of notices: planned, sent, and what became of each (C11, 2.7)."""
