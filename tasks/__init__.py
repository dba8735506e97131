"""What one step does: plain functions that open a session, ask, decide and act."""
