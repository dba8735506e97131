"""Pure functions: no session, no clock, no settings, no I/O."""
