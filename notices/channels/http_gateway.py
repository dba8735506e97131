"""Gateways over HTTP: what they answered, and whether a request that failed had left the machine (notes on channels)."""

import ssl
from typing import Any

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError


def never_left(trouble: requests.RequestException) -> bool:
    """No connection came about, so nothing was handed over: it may go again."""
    if isinstance(trouble, (requests.ConnectTimeout, requests.exceptions.InvalidURL)):
        return True
    cause = trouble.args[0] if trouble.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(reason, NewConnectionError):
        return True
    return isinstance(reason, Exception) and any(
        isinstance(part, ssl.SSLCertVerificationError) for part in reason.args
    )


def document_of(reply: requests.Response) -> dict[str, Any]:
    """The JSON object of an answer; empty where it is none."""
    try:
        document = reply.json()
    except requests.exceptions.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}
