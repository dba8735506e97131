"""Measured against what a user would pick instead, as ratios in one run. Never part of the tests."""
