"""An SMS gateway in Aliyun's form on loopback: remembers what it accepted, and misbehaves for chosen numbers."""

import json
from collections import Counter
from threading import Event

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

FINE, REFUSES, LOSES, BREAKS, SILENT = (
    "13900000000",
    "13900000001",  # refuses the number
    "13900000002",  # answers 500, has not accepted
    "13900000003",  # accepts and answers 500
    "13900000004",  # accepts and never answers
)


class Gateway:
    def __init__(self, server: HTTPServer) -> None:
        self.accepted: list[tuple[str, str]] = []  # telephone, our number
        self.closing = Event()
        self.fates: dict[str, dict[str, object]] = {}  # our number → what became of it; else under way
        self.asked = 0
        self.down = False
        self.url = server.url_for("/sms")
        server.expect_request("/sms", method="POST").respond_with_handler(self._answer)

    def times(self) -> Counter[str]:
        """How often each of our numbers was accepted."""
        return Counter(number for _, number in self.accepted)

    def _answer(self, request: Request) -> Response:
        if request.form["Action"] == "QuerySendDetails":
            self.asked += 1
            if self.down:
                return Response("internal error", status=500)
            return self._details(request.form["PhoneNumber"])
        phone, number = request.form["PhoneNumbers"], request.form["OutId"]
        if phone == REFUSES:
            return _json({"Code": "isv.MOBILE_NUMBER_ILLEGAL"})
        if phone != LOSES:
            self.accepted.append((phone, number))
        if phone == SILENT:
            self.closing.wait(3)
        if phone in (LOSES, BREAKS):
            return Response("internal error", status=500)
        return _json({"Code": "OK", "BizId": f"{len(self.accepted)}^0"})

    def _details(self, phone: str) -> Response:
        lines = [
            {"OutId": number, "PhoneNum": phone, "SendStatus": 1} | self.fates.get(number, {})
            for to, number in self.accepted
            if to == phone
        ]
        return _json({"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": lines}})


def _json(document: object) -> Response:
    return Response(json.dumps(document), content_type="application/json")
