"""Errors somebody can fix: shown in Chinese with a stable code, never with a traceback."""


class YingbaoError(Exception):
    """A fault with a code to read over the phone and the exit code a script can branch on."""

    exit_code = 1

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


class UsageTrouble(YingbaoError):
    """The command's words are off."""

    exit_code = 2


class InputRefused(YingbaoError):
    """A file that cannot be understood; nothing of it was stored."""

    exit_code = 3


class RuleRefused(YingbaoError):
    """An act the rules of the campaign do not allow."""

    exit_code = 4


class EnvironmentTrouble(YingbaoError):
    """The machine lacks something: a library, a database, a right."""

    exit_code = 5
