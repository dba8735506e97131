"""Which group a unit belongs to (C23)."""


def group_key(
    parent_code: str | None, credit_code: str | None, group_name: str | None, *, is_branch: bool
) -> str | None:
    """The parent's code; a branch without one files under the code it carries (Q10); else the group's name."""
    if parent_code and parent_code != credit_code:
        return parent_code
    if is_branch and credit_code:
        return credit_code
    return group_name
