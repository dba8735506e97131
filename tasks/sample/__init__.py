"""The sample generator: knows nothing of the code that will clean what it makes dirty."""

from tasks.sample.make import SampleReport, make_sample

__all__ = ["SampleReport", "make_sample"]
