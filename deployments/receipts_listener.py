"""The address the SMS gateway posts its receipts to: thanked once they are kept, posted again until then (2.7)."""

from secrets import compare_digest

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from models.errors import InputRefused, UsageTrouble
from models.settings import Settings
from tasks.notice_rounds.outcomes import take_receipts

LARGEST = 2 * 2**20  # a gateway posts a hundred lines of 300 bytes at a time
LEAST_TOKEN = 16
THANKS = {"code": 0, "msg": "接收成功"}


def token_of(settings: Settings) -> str:
    """What the posting address ends with: whoever knows it may say that an SMS arrived."""
    token = settings.receipts_token.get_secret_value() if settings.receipts_token else ""
    if len(token) < LEAST_TOKEN or not (token.isascii() and token.isalnum()):
        raise UsageTrouble(
            "E1869",
            f"请把 YINGBAO_RECEIPTS_TOKEN 设为至少 {LEAST_TOKEN} 位字母和数字，它是推送地址的最后一段。",
        )
    return token


def receipts_app(token: str) -> Starlette:
    """`POST /receipts/{token}`; a wrong token finds nothing."""

    async def receipts(request: Request) -> JSONResponse:
        if not compare_digest(request.path_params["token"].encode(), token.encode()):
            return _answer(404, "没有这个地址")
        try:
            content = (await request.body()).decode("utf-8-sig")
            await run_in_threadpool(take_receipts, content)
        except UnicodeDecodeError:
            return _answer(400, "回执应是 UTF-8")
        except InputRefused as wrong:
            return _answer(400, f"[{wrong.code}] {wrong.message}")
        return JSONResponse(THANKS)

    limit = Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST)
    return Starlette(routes=[Route("/receipts/{token}", receipts, methods=["POST"])], middleware=[limit])


def listen(host: str, port: int, token: str) -> None:
    """Until it is stopped. Addresses are not logged: the token is in them."""
    uvicorn.run(receipts_app(token), host=host, port=port, access_log=False, log_level="warning")


def _answer(status: int, message: str) -> JSONResponse:
    return JSONResponse({"code": status, "msg": message}, status_code=status)
