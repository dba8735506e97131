"""A mail relay that hangs up at a chosen word of the dialogue, and remembers the mails whose text it had whole."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

ANSWERS = {"EHLO": "250 relay", "MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 go on", "QUIT": "221 bye"}
END = b"\r\n.\r\n"


@dataclass
class Relay:
    """`breaks_at`: greeting, EHLO, MAIL, RCPT, DATA, text (in the middle of it), answer (after it), QUIT, or never."""

    breaks_at: str
    received: list[bytes] = field(default_factory=list)
    port: int = 0


@contextmanager
def breaking_relay(breaks_at: str) -> Iterator[Relay]:
    relay = Relay(breaks_at)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        relay.port = int(listening.getsockname()[1])
        thread = Thread(target=_serve, args=(listening, relay), daemon=True)
        thread.start()
        yield relay
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
    thread.join(2)


def _serve(listening: socket.socket, relay: Relay) -> None:
    while True:
        try:
            peer, _ = listening.accept()
        except OSError:
            return
        with peer, suppress(OSError):
            _talk(peer, relay)


def _talk(peer: socket.socket, relay: Relay) -> None:
    if relay.breaks_at == "greeting":
        return
    peer.sendall(b"220 relay\r\n")
    with peer.makefile("rb") as lines:
        for line in lines:
            word = line[:4].decode().upper().strip()
            if word == relay.breaks_at:
                return
            peer.sendall(f"{ANSWERS.get(word, '250 OK')}\r\n".encode())
            if word == "QUIT":
                return
            if word == "DATA" and not _take(peer, lines, relay):
                return


def _take(peer: socket.socket, lines: object, relay: Relay) -> bool:
    content = b""
    for line in lines:  # type: ignore[attr-defined]
        content += line
        if relay.breaks_at == "text" and len(content) > 2000:
            return False
        if content.endswith(END):
            break
    relay.received.append(content.removesuffix(END))
    if relay.breaks_at == "answer":
        return False
    peer.sendall(b"250 queued\r\n")
    return True
