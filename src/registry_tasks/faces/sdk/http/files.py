"""Files over HTTP: sent as they are read, fetched with every byte hashed, gone on with after a break."""

import base64
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import httpx

from registry_tasks.entities.errors import InvalidArtifact
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.request import Request
from registry_tasks.faces.routes import FILE, TOLD_BYTES
from registry_tasks.faces.sdk.http.answers import Answer, raise_problem
from registry_tasks.faces.sdk.http.questions import Pairs, Question, to_pairs, with_key
from registry_tasks.faces.sdk.http.sending import ATTEMPTS, DEADLINE_S, GATEWAYS, Sender
from registry_tasks.stores.artifacts.digests import Digests, digest_file, open_regular, pieces
from registry_tasks.stores.artifacts.proof import check_artifact
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.writing import write_file
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder


class ServedBytes:
    """The model file of a version, as a server hands it out."""

    def __init__(self, sender: Sender, version: ModelVersion) -> None:
        self._sender = sender
        self._question = Question("GET", FILE, to_pairs(ref=version.uuid))

    def fetch(self, artifact: Artifact, target: Path) -> None:
        """Copy the bytes to ``target``, which appears only when all of them are proven.

        Raises: ObjectMissing, ObjectCorrupt, ServerUnreachable, ServerFailed, DiskFull,
        StoreReadOnly.
        """
        place = self._sender.url
        with writing(target.parent):
            make_folder(target.parent)
            write_file(
                self._pieces(artifact),
                target,
                target.parent,
                lambda found: check_artifact(artifact, place, found),
            )

    def _pieces(self, artifact: Artifact) -> Iterator[bytes]:
        """Give all bytes; where a connection breaks the next one goes on from there."""
        deadline = Deadline(DEADLINE_S, size_bytes=artifact.size_bytes)
        tag, count, attempt = f'"{artifact.sha256}"', 0, 0
        while True:
            headers = {"Accept-Encoding": "identity"}
            if count:
                headers |= {"Range": f"bytes={count}-", "If-Range": tag}
            may_go_on = attempt < ATTEMPTS - 1 and deadline.left() > 0
            try:
                with self._sender.open(self._question, headers, deadline) as response:
                    if not (may_go_on and response.status_code in GATEWAYS):
                        for piece in _body(response, count, self._sender.url):
                            count, attempt = count + len(piece), 0
                            yield piece
                        return
            except httpx.RequestError as error:
                if count == artifact.size_bytes:
                    return
                if not may_go_on:
                    raise self._sender.lost(error) from error
            self._sender.pause(attempt, deadline)
            attempt += 1


def send_file(sender: Sender, path: str, request: Request, source: Path) -> Answer:
    """Send a file to an address, where it becomes what the request says.

    Raises: InvalidArtifact, and as ``Sender.send``.
    """
    found = _read(source)
    request = with_key(request)
    digest = base64.b64encode(bytes.fromhex(found.sha256)).decode()
    line = _line(request)
    headers = {
        "Accept": "application/json",
        "Content-Type": TOLD_BYTES,
        "Content-Length": str(len(line) + found.size_bytes),
        "Repr-Digest": f"sha-256=:{digest}:",
    }
    question = Question("POST", path, _fields(request, source.name), key=request.key)
    deadline = Deadline(DEADLINE_S, size_bytes=found.size_bytes)
    return sender.deliver(question, headers, lambda: chain((line,), _content(source)), deadline)


def _body(response: httpx.Response, skipped: int, url: str) -> Iterator[bytes]:
    """Give a body from where it is gone on with, which an answer in whole has to be cut to."""
    if response.status_code not in (200, 206):
        content = response.read()
        raise_problem(Answer(response.status_code, response.headers, content), url)
    left = skipped if response.status_code == 200 else 0
    for piece in response.iter_raw():
        if left < len(piece):
            yield piece[left:]
        left = max(0, left - len(piece))


def _read(source: Path) -> Digests:
    """Hash a file before it is sent. Raises InvalidArtifact."""
    try:
        return digest_file(source)
    except FileNotFoundError:
        raise InvalidArtifact(str(source), "there is no such file") from None


def _content(source: Path) -> Iterable[bytes]:
    with open_regular(source) as file:
        yield from pieces(file)


def _fields(request: Request, name: str) -> Pairs:
    """Write as a query what a request cannot be without, which is short."""
    return to_pairs(**{k: getattr(request, k) for k in _needed(request)}, path=name)


def _line(request: Request) -> bytes:
    """Write all else as a line that goes before the file, where there is room for it."""
    others = request.model_fields_set - _needed(request) - {"path"}
    return json.dumps(request.model_dump(mode="json", include=others)).encode() + b"\n"


def _needed(request: Request) -> set[str]:
    fields = type(request).model_fields.items()
    return {name for name, field in fields if field.is_required() and name != "path"}
