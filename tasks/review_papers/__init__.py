"""The papers of a review: the 申报表, its 回执, the 补正告知 of a rejection (F23, 2.1)."""

from tasks.review_papers.corrections import Noticed, put_mails, write_notices
from tasks.review_papers.printing import print_form, print_receipt

__all__ = ["Noticed", "print_form", "print_receipt", "put_mails", "write_notices"]
