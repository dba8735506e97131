"""The HTTP form of 阿里云短信 that other gateways copy: signed parameters, and what its codes mean (notes on channels)."""

import base64
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha1
from urllib.parse import quote
from uuid import uuid4

from notices.channels.channel import Result

ENDPOINT = "https://dysmsapi.aliyuncs.com/"
VERSION = "2017-05-25"
TAKEN = "OK"
# not now: the same letter may go later
BUSY = ("isv.BUSINESS_LIMIT_CONTROL", "Throttling", "ServiceUnavailable")
# something is wrong with our account, signature or template: the next letter would fare no better
OURS = (
    "isv.AMOUNT_NOT_ENOUGH",
    "isv.OUT_OF_SERVICE",
    "isv.DAY_LIMIT_CONTROL",
    "isv.MONTH_LIMIT_CONTROL",
    "isv.ACCOUNT_",
    "isv.PRODUCT_UN",
    "isv.SMS_SIGN",
    "isv.SMS_TEMPLATE",
    "isv.DENY_IP_RANGE",
    "isp.RAM_PERMISSION_DENY",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "SignatureNonceUsed",
    "IncompleteSignature",
    "InvalidTimeStamp",
    "Forbidden",
)
# the gateway itself does not know how far it came
LOST = ("isp.SYSTEM_ERROR", "InternalError", "UnknownError")


def signed(
    words: Mapping[str, str], key_id: str, secret: str, *, method: str = "POST", nonce: str | None = None
) -> dict[str, str]:
    """`words` with what every call carries, and their signature (HMAC-SHA1 over the sorted, encoded words)."""
    given = {
        "AccessKeyId": key_id,
        "Format": "JSON",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": nonce or str(uuid4()),
        "SignatureVersion": "1.0",
        "Timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Version": VERSION,
    } | dict(words)
    query = "&".join(f"{_encoded(name)}={_encoded(given[name])}" for name in sorted(given))
    text = f"{method}&{_encoded('/')}&{_encoded(query)}"
    signature = hmac.new(f"{secret}&".encode(), text.encode(), sha1).digest()
    return given | {"Signature": base64.b64encode(signature).decode()}


def meaning(code: str) -> Result:
    """What an answer of the gateway says of the letter."""
    if code == TAKEN:
        return Result.SENT
    if code.startswith(LOST):
        return Result.UNKNOWN
    return Result.NOT_TAKEN if code.startswith((*BUSY, *OURS)) else Result.REFUSED


def is_ours(code: str) -> bool:
    return code.startswith(OURS)


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
