"""The 申报表: a declaration as one whole document (2.3). 法定代表人 has no field, it is never stored."""
