"""Writes: change state and append the event in the caller's transaction."""
