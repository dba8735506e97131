"""Whether a request that failed had left the machine: what never left may go again (notes on channels)."""

import ssl

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError


def never_left(trouble: requests.RequestException) -> bool:
    """No connection came about, so nothing was handed over."""
    if isinstance(trouble, (requests.ConnectTimeout, requests.exceptions.InvalidURL)):
        return True
    cause = trouble.args[0] if trouble.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(reason, NewConnectionError):
        return True
    return isinstance(reason, Exception) and any(
        isinstance(part, ssl.SSLCertVerificationError) for part in reason.args
    )
