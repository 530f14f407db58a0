"""A Prefect server as far as the registry asks one: it keeps keys as the real one does, runs nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4


class SmallPrefect:
    """``deployed`` and ``flows`` are what it knows, ``runs`` the flow runs by id.

    It is too ``busy`` for so many requests to begin a run; ``keys`` are of all that were made.
    """

    def __init__(self) -> None:
        self.deployed = {"reproduce/reproduce"}
        self.flows = {"reproduce": str(uuid4()), "remake": str(uuid4())}
        self.runs: dict[str, dict[str, Any]] = {}
        self.busy, self.keys = 0, list[str]()
        self._keys: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/api"

    def start(self, told: dict[str, Any]) -> dict[str, Any]:
        uuid = self._keys.setdefault(told["idempotency_key"], str(uuid4()))
        return self.keep(uuid, told["parameters"])

    def keep(self, uuid: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Know a run by its id: one that is there already, or one that no worker has taken."""
        state = {"type": "SCHEDULED", "name": "Scheduled", "message": None}
        made = {"id": uuid, "name": "keen-mower", "parameters": parameters, "state": state}
        return self.runs.setdefault(uuid, made | {"flow_id": self.flows["reproduce"]})

    def serve(self) -> None:
        self._server.serve_forever(0.01)

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(prefect) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.removeprefix("/api/deployments/name/")
                if name in prefect.deployed:
                    return self.answer(200, {"id": "17"})
                for flow, uuid in prefect.flows.items():
                    if self.path == f"/api/flows/{uuid}":
                        return self.answer(200, {"id": uuid, "name": flow})
                found = prefect.runs.get(self.path.removeprefix("/api/flow_runs/"))
                return self.answer(200 if found else 404, found or {})

            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["content-length"])))
                if self.path.endswith("/events"):
                    return self.answer(200, {})
                if self.path.endswith("/filter"):
                    wanted = told["flow_runs"]["state"]["type"]["any_"]
                    found = [r for r in prefect.runs.values() if r["state"]["type"] in wanted]
                    return self.answer(200, found)
                prefect.keys.append(told["idempotency_key"])
                if len(prefect.keys) <= prefect.busy:
                    return self.answer(503, {})
                return self.answer(201, prefect.start(told))

            def answer(self, status: int, said: object) -> None:
                content = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@contextmanager
def small_prefect() -> Iterator[SmallPrefect]:
    """Give one that answers."""
    prefect = SmallPrefect()
    thread = Thread(target=prefect.serve)
    thread.start()
    try:
        yield prefect
    finally:
        prefect.end()
        thread.join()
