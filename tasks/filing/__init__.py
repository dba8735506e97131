"""The ways a declaration enters: our own form, JSON documents, the platform's export, the old system's list."""
