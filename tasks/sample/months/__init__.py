"""Eighteen months of the campaign as the platform and the regulator tell them, each month's end in a folder of its own.

Knows nothing of linkage, of targets or of the rules: what employers do follows from what is true of them.
"""
