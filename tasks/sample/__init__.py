"""The sample generator: knows nothing of the code that will clean what it makes dirty."""

from tasks.sample.make import STYLES, SampleReport, make_sample

__all__ = ["STYLES", "SampleReport", "make_sample"]
