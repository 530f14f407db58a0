"""Send requests: again where that is safe, with pauses, and never beyond a deadline."""

import os
import random
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

from registry_tasks.entities.errors import (
    AnswerUnknown,
    ExtraMissing,
    RequestRefused,
    ServerUnreachable,
)
from registry_tasks.faces.sdk.http.answers import Answer, raise_problem
from registry_tasks.faces.sdk.http.questions import Question
from registry_tasks.stores.artifacts.s3.deadline import Deadline

try:
    import httpx
except ModuleNotFoundError:
    raise ExtraMissing("a registry behind a server", "client") from None

DEADLINE_S: Final = 60.0
CONNECT_S: Final = 5.0
ATTEMPTS: Final = 5
_FIRST_PAUSE_S: Final = 0.05
GATEWAYS: Final = frozenset({502, 503, 504})
"""What a proxy answers while the server behind it does not."""
_REDIRECTS: Final = frozenset({302, 303, 307, 308})
_INHERITED: list[httpx.Client] = []
"""Connections of a parent process, which a child must neither use nor close."""

Content = bytes | Callable[[], Iterable[bytes]] | None
"""A body, or what makes it from its beginning each time that it is sent."""


class Sender:
    """Keeps connections to one server; may be called from many threads and after a fork."""

    def __init__(
        self,
        url: str,
        token: str | None,
        transport: httpx.BaseTransport | None = None,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self.url = url
        self._deadline_s, self._transport = deadline_s, transport
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self._client, self._process = self._connect(), os.getpid()

    def send(self, question: Question) -> Answer:
        """Return a good answer.

        Raises: what the registry raised there, ServerUnreachable, ServerFailed, RequestRefused,
        AnswerUnknown for a change whose answer was lost.
        """
        headers = {"Accept": "application/json"}
        if question.body is not None:
            headers["Content-Type"] = "application/json"
        return self.deliver(question, headers, question.body, Deadline(self._deadline_s))

    def find_link(self, question: Question) -> str:
        """Return where an answer sends to. Raises as ``send``."""
        answer = self._exchange(question, {}, None, Deadline(self._deadline_s))
        if answer.status not in _REDIRECTS:
            raise_problem(answer, self.url)
        return answer.headers["location"]

    def deliver(
        self,
        question: Question,
        headers: Mapping[str, str],
        content: Content,
        deadline: Deadline,
    ) -> Answer:
        """Return a good answer to what is sent with this content. Raises as ``send``."""
        answer = self._exchange(question, headers, content, deadline)
        if not 200 <= answer.status < 300:
            raise_problem(answer, self.url)
        return answer

    @contextmanager
    def open(
        self,
        question: Question,
        headers: Mapping[str, str],
        deadline: Deadline,
        content: Content = None,
    ) -> Iterator[httpx.Response]:
        """Give one answer while its body still comes in. Raises httpx.RequestError."""
        if self._process != os.getpid():
            _INHERITED.append(self._client)
            self._client, self._process = self._connect(), os.getpid()
        left = max(deadline.left(), 0.001)
        with self._client.stream(
            question.method,
            self.url + question.path,
            params=question.query,
            headers=headers,
            content=_counted(content(), deadline) if callable(content) else content,
            timeout=httpx.Timeout(left, connect=min(left, CONNECT_S)),
        ) as response:
            yield response

    def pause(self, attempt: int, deadline: Deadline) -> None:
        """Wait a little, longer each time."""
        pause = _FIRST_PAUSE_S * 2**attempt * (0.5 + random.random())
        time.sleep(min(pause, deadline.left()))

    def close(self) -> None:
        """Close idle connections; the next request opens one again."""
        if self._process == os.getpid():
            self._client.close()
        self._client, self._process = self._connect(), os.getpid()

    def lost(self, error: Exception) -> ServerUnreachable:
        """Say that nobody answers."""
        said = str(error) or type(error).__name__
        return ServerUnreachable(self.url, said[:1].lower() + said[1:])

    def _exchange(
        self,
        question: Question,
        headers: Mapping[str, str],
        content: Content,
        deadline: Deadline,
    ) -> Answer:
        """Send until there is an answer that more attempts would not better."""
        attempt = 0
        while True:
            may_go_on = attempt < ATTEMPTS - 1 and deadline.left() > 0
            try:
                with self.open(question, headers, deadline, content) as response:
                    answer = _read(response, deadline)
            except httpx.InvalidURL as error:  # before anything was sent
                raise RequestRefused(self.url, 414, f"{error}; ask for less at once") from None
            except httpx.RequestError as error:
                never_left = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                if not (may_go_on and (never_left or question.is_safe)):
                    raise self._lost(question, error, never_left) from error
            else:
                is_odd = answer.status in GATEWAYS and "error" not in answer.problem
                if not (is_odd and may_go_on and question.is_safe):
                    return answer
            self.pause(attempt, deadline)
            attempt += 1

    def _lost(self, question: Question, error: Exception, never_left: bool) -> Exception:
        unreachable = self.lost(error)
        if question.method == "GET" or never_left:
            return unreachable
        return AnswerUnknown(self.url, question.key, unreachable.reason)

    def _connect(self) -> httpx.Client:
        plain = urlsplit(self.url).scheme == "http"
        return httpx.Client(
            headers={"User-Agent": "registry-tasks", **self._headers},
            transport=self._transport,
            # Certificates that no connection needs take longer to read than to be answered.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else True,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
        )


def _read(response: httpx.Response, deadline: Deadline) -> Answer:
    pieces = []
    for piece in response.iter_bytes():
        pieces.append(piece)
        if not deadline.left():
            raise httpx.ReadTimeout("the answer takes too long")
    return Answer(response.status_code, response.headers, b"".join(pieces))


def _counted(content: Iterable[bytes], deadline: Deadline) -> Iterator[bytes]:
    for piece in content:
        if not deadline.left():
            raise httpx.WriteTimeout("the server takes what is sent too slowly")
        yield piece
