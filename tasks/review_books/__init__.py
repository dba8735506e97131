"""The counties' review workbooks: the work list sent out, decisions taken back row by row (M03, M04)."""

from tasks.review_books.applying import take_back
from tasks.review_books.issue import IssuedBook, issue
from tasks.review_books.report import ReviewReturn

__all__ = ["IssuedBook", "ReviewReturn", "issue", "take_back"]
