"""What is asked of a Prefect server that is busy: a small server plays it, as a real one is not so
on request; tests/flows ask a real one."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from registry_tasks.entities.errors import PrefectFailed
from registry_tasks.faces.prefect_api import PrefectApi

RUN = {"id": str(uuid4()), "name": "keen-mower"}


class Busy:
    """It is too busy for so many questions, then it answers."""

    def __init__(self, refused: int) -> None:
        self.left, self.asked = refused, list[Any]()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/api"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(busy) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path.startswith("/api/deployments/name")
                self.answer(200 if found else 404, {"id": "17"})

            def do_POST(self) -> None:
                told = self.rfile.read(int(self.headers["content-length"]))
                busy.asked.append(json.loads(told))
                busy.left -= 1
                self.answer(503 if busy.left >= 0 else 201, RUN)

            def answer(self, status: int, said: object) -> None:
                content = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def busy(request: pytest.FixtureRequest) -> Iterator[Busy]:
    server = Busy(request.param)
    yield server
    server.close()


@pytest.mark.parametrize("busy", [3], indirect=True)
def test_a_busy_server_is_asked_again_for_the_same_run(busy: Busy) -> None:
    started = PrefectApi(busy.url).start("promote/promote", {"to": "staging"}, key=None)

    assert str(started.id) == RUN["id"]
    assert len(busy.asked) == 4
    assert len({told["idempotency_key"] for told in busy.asked} - {None}) == 1


@pytest.mark.parametrize("busy", [1000], indirect=True)
def test_a_server_that_stays_busy_is_told(busy: Busy) -> None:
    with pytest.raises(PrefectFailed, match="it answers 503"):
        PrefectApi(busy.url, patience_s=0.3).start("promote/promote", {}, key="one")
