"""Sample declarations with errors planted in them and the truth beside them. Knows nothing of the rules."""
