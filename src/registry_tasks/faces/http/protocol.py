"""How connections are read: nobody may take for ever to say what they want, or to hear the answer.

Nor may anybody write it so that to read it is much more work than to write it.
"""

import asyncio
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from registry_tasks.faces.http.edge import HEADERS
from registry_tasks.faces.http.problems import problem

HEAD_BYTES: Final = 96 * 1024
"""How long the head of a request may be; what is too long for an address is then said in words."""
HEADERS_S: Final = 20.0
"""How long the head of a request may take; its body has a limit of its own."""
UNWANTED_BYTES: Final = 4 << 20
"""How much is still read of a body after its answer, so that the answer is heard."""
STALLED_S: Final = 60.0
"""How long an answer may wait for a client that does not read it."""
_HEAD_LINES: Final = 128
_CRUMBS: Final = 256
_LEAST_BYTES: Final = 32
"""Of so many pieces on, a body must have so many bytes a piece."""


class PatientConnection(h11.Connection):
    """HTTP/1.1 without what only attackers write."""

    _pieces = _bytes = 0

    def next_event(self) -> Any:
        """Return what was read next. Raises h11.RemoteProtocolError."""
        if self.their_state is h11.IDLE:
            self._check_lines()
        event = super().next_event()
        if isinstance(event, h11.Data):
            self._check_pieces(len(event.data))
        elif isinstance(event, h11.Request):
            self._pieces = self._bytes = 0
            names = {name for name, _ in event.headers}
            if {b"content-length", b"transfer-encoding"} <= names:  # a proxy may heed the other one
                raise h11.RemoteProtocolError("the body has two lengths")
        return event

    def _check_lines(self) -> None:
        head = self.trailing_data[0].partition(b"\r\n\r\n")[0]
        if head.count(b"\n") > _HEAD_LINES:
            raise h11.RemoteProtocolError("too many headers", error_status_hint=431)

    def _check_pieces(self, size: int) -> None:
        self._pieces += 1
        self._bytes += size
        if self._pieces > _CRUMBS and self._bytes < _LEAST_BYTES * self._pieces:
            raise h11.RemoteProtocolError("the body comes in crumbs")


def _refusal(msg: str) -> tuple[h11.Response, h11.Data, h11.EndOfMessage]:
    """Say that a request cannot be read, in the form of every other error."""
    answer = problem({"state": {"request_id": str(uuid4())}}, HTTPStatus.BAD_REQUEST, msg)
    headers: list[tuple[str, str]] = [*answer.headers.items(), *HEADERS, ("Connection", "close")]
    head = h11.Response(
        status_code=answer.status_code, headers=headers, reason=HTTPStatus.BAD_REQUEST.phrase
    )
    return head, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that gives up whoever does not come to an end."""

    _unwanted = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn = PatientConnection(h11.SERVER, self.config.h11_max_incomplete_event_size or 0)
        self._waiting: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        if self._is_answered():
            self._unwanted += len(data)
            if self._unwanted > UNWANTED_BYTES:
                self.transport.close()
                return
        super().data_received(data)
        begins = self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]
        if begins or self._is_answered():
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self._flows()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalls()

    def resume_writing(self) -> None:
        self._flows()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._stalls()  # it closes when all was read, which may be never

    def send_400_response(self, msg: str) -> None:
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):  # no answer has begun
            for event in _refusal(msg):
                self.transport.write(self.conn.send(event))
        self.transport.close()

    def _is_answered(self) -> bool:
        """Whether a request has its answer before its end, which is read for nothing."""
        return self.conn.our_state is h11.DONE and self.conn.their_state is h11.SEND_BODY

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(HEADERS_S, self.transport.close)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _stalls(self) -> None:
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALLED_S, self.transport.abort)

    def _flows(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
