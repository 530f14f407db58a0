"""Files: whole or in part, up and down, and never other bytes than were registered."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from support.http_server import asking, serving
from support.world import MODEL, World

from registry_tasks.entities.bucket import Bucket
from registry_tasks.faces.rest.ranges import Span, Unsatisfiable, read_range
from registry_tasks.registry.catalogue.show import show
from registry_tasks.stores.artifacts import downloads, proven

pytestmark = pytest.mark.slow

BYTES: Final = b"model 1"
KIND: Final = {"Content-Type": "application/octet-stream"}
TOLD: Final = {"Content-Type": "application/vnd.registry.file"}
FILE: Final = "/api/v1/file"
UPLOAD: Final = "/api/v1/register-file"


def digest_of(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.fixture
def site(sqlite_world: World) -> Iterator[tuple[World, httpx.Client]]:
    sqlite_world.version(1, also=(b"on the way",))
    with serving(sqlite_world.settings) as url, asking(url) as client:
        yield sqlite_world, client


def test_a_version_gives_its_model_and_what_its_manifest_names(
    site: tuple[World, httpx.Client],
) -> None:
    world, client = site
    answer = client.get(FILE, params={"ref": f"{MODEL}@1"})
    assert (answer.status_code, answer.content) == (200, BYTES)
    assert answer.headers["repr-digest"] == digest_of(BYTES)
    assert answer.headers["etag"] == f'"{hashlib.sha256(BYTES).hexdigest()}"'
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''model.bin"
    record = show(world.registry(), f"{MODEL}@1")
    for artifact in record.manifest.artifacts:
        for ref in (f"{MODEL}@1", f"run:{record.run.uuid}"):
            got = client.get(FILE, params={"ref": ref, "name": artifact.path})
            assert hashlib.sha256(got.content).hexdigest() == artifact.sha256
    assert len(record.manifest.artifacts) == 2
    known = client.get(
        FILE, params={"ref": f"{MODEL}@1"}, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-0", 206, BYTES[:1]),
        ("bytes=2-4", 206, BYTES[2:5]),
        ("bytes=2-", 206, BYTES[2:]),
        ("bytes=-2", 206, BYTES[-2:]),
        ("bytes=-100", 206, BYTES),
        ("bytes=3-999999999999999999", 206, BYTES[3:]),
        ("bytes=7-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=0-1,3-4", 200, BYTES),  # many are asked for: all is given, which is allowed
        ("bytes=" + ",".join(["0-1"] * 500), 200, BYTES),
        ("bytes=4-2", 200, BYTES),
        ("lines=0-1", 200, BYTES),
        ("bytes=" + "9" * 5000 + "-", 200, BYTES),
    ],
)
def test_a_range_is_given(
    still: tuple[World, str], asked: str, status: int, content: bytes
) -> None:
    with asking(still[1]) as client:
        answer = client.get(FILE, params={"ref": f"{MODEL}@1"}, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, content)
    if status == 206:
        start = BYTES.index(content)
        assert answer.headers["content-range"] == f"bytes {start}-{start + len(content) - 1}/7"
    if status == 416:
        assert answer.headers["content-range"] == "bytes */7"


def test_many_ranges_of_a_file_hash_it_once(
    site: tuple[World, httpx.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, client = site
    hashed: list[Path] = []
    hash_it = downloads.digest_file
    monkeypatch.setattr(downloads, "digest_file", lambda p: hashed.append(p) or hash_it(p))
    monkeypatch.setattr(proven, "SETTLED_NS", 0)
    asked = {"ref": f"{MODEL}@1"}

    def parts(many: int) -> int:
        """Ask for a byte several times; returns how often all of the file was hashed for it."""
        hashed.clear()
        for _ in range(many):
            answer = client.get(FILE, params=asked, headers={"Range": "bytes=0-0"})
            assert (answer.status_code, answer.content) == (206, BYTES[:1])
        return len(hashed)

    client.get(FILE, params=asked)
    assert (parts(5), parts(5)) == (1, 0)
    assert client.get(FILE, params=asked).content == BYTES
    assert len(hashed) == 1  # a whole file is hashed whenever it goes
    (kept,) = (p for p in world.settings.cache.rglob("model.bin") if p.is_file())
    kept.chmod(0o644)
    kept.write_bytes(b"evil by")  # as long as it was
    assert parts(3) == 2  # found damaged and fetched; proven; remembered


def test_a_range_of_another_file_gives_all_of_this_one(site: tuple[World, httpx.Client]) -> None:
    headers = {"Range": "bytes=2-", "If-Range": '"another"'}
    answer = site[1].get(FILE, params={"ref": f"{MODEL}@1"}, headers=headers)
    assert (answer.status_code, answer.content) == (200, BYTES)


def test_ranges_are_read_as_they_are_written() -> None:
    assert read_range(None, 10) is None
    assert read_range("bytes=5-", 10) == Span(5, 10)
    assert read_range("bytes=-", 10) is None
    with pytest.raises(Unsatisfiable):
        read_range("bytes=0-0", 0)


def test_damaged_bytes_never_leave(site: tuple[World, httpx.Client]) -> None:
    world, client = site
    assert isinstance(world.remote, type(world.folder))
    for path in (p for p in world.remote.joinpath("files").rglob("*") if p.is_file()):
        path.chmod(0o644)
        path.write_bytes(b"evil bytes")
    for name in ("model.bin", "on-the-way/0"):
        answer = client.get(FILE, params={"ref": f"{MODEL}@1", "name": name})
        assert (answer.status_code, answer.json()["error"]) == (500, "ObjectCorrupt")
        assert b"evil" not in answer.content


def test_damaged_downloads_are_fetched_again(site: tuple[World, httpx.Client]) -> None:
    world, client = site
    for _ in range(2):
        assert client.get(FILE, params={"ref": f"{MODEL}@1"}).content == BYTES
        for path in (p for p in world.settings.cache.rglob("*") if p.is_file()):
            path.chmod(0o644)
            path.write_bytes(b"evil bytes")


def test_a_folder_has_no_links(site: tuple[World, httpx.Client]) -> None:
    answer = site[1].get(FILE, params={"ref": f"{MODEL}@1", "link": "true"})
    assert (answer.status_code, answer.json()["error"]) == (422, "RemoteCannot")


def test_an_upload_becomes_a_version(site: tuple[World, httpx.Client]) -> None:
    world, client = site
    content = bytes(range(256)) * 20_000
    told = {
        "model": "uploads/big",
        "path": "model.txt",
        "format": "lightgbm",
        "parameters": '{"trees": 3}',
        "metrics": '{"auc": 0.7}',
        "tags": '{"from": "REST"}',
        "description": "{not JSON}",
        "key": "u1",
    }
    headers = KIND | {"Repr-Digest": digest_of(content)}
    first, second = (
        client.post(UPLOAD, params=told, content=content, headers=headers) for _ in "12"
    )
    assert first.status_code == 200, first.text
    assert second.content == first.content
    record = show(world.registry(), "uploads/big@1")
    assert record.version.sha256 == hashlib.sha256(content).hexdigest()
    assert record.version.model_path == "model.txt"
    assert (record.parameters, record.metrics) == ({"trees": 3}, {"auc": 0.7})
    assert (record.tags, record.description) == ({"from": "REST"}, "{not JSON}")
    assert client.get(FILE, params={"ref": "uploads/big@1"}).content == content
    other = client.post(UPLOAD, params=told, content=b"other", headers=KIND)
    assert (other.status_code, other.json()["error"]) == (409, "KeyReused")
    assert left_in(world) == []


def test_what_is_told_of_a_file_may_stand_before_it(site: tuple[World, httpx.Client]) -> None:
    world, client = site
    content = b"\n{not told}\n" * 9_000
    told = {"metrics": {"auc": 0.7}, "description": "two\nlines " * 5_000, "key": "u2"}
    asked = {"model": "told", "path": "model.txt"}
    first, second = (
        client.post(UPLOAD, params=asked, content=_pieces(told, content, size), headers=TOLD)
        for size in (1000, 100_000)
    )
    assert first.status_code == 200, first.text
    assert second.content == first.content
    record = show(world.registry(), "told@1")
    assert (record.metrics, record.description) == (told["metrics"], told["description"])
    assert record.version.sha256 == hashlib.sha256(content).hexdigest()
    digest = TOLD | {"Repr-Digest": digest_of(content)}
    whole = b'{"description": "another"}\n' + content
    same = client.post(UPLOAD, params=asked, content=whole, headers=digest)
    assert same.json()["created"] is False
    assert left_in(world) == []


def _pieces(told: dict[str, Any], content: bytes, size: int) -> Iterator[bytes]:
    body = json.dumps(told).encode() + b"\n" + content
    yield from (body[start : start + size] for start in range(0, len(body), size))


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (b"{}", 400, "no first line"),
        (b"", 400, "no first line"),
        (b"\nx", 400, "no JSON"),
        (b"[]\nx", 400, "JSON object"),
        (b'{"model": "m"}\nx', 400, "given twice"),
        (b'{"nothing": 1}\nx', 400, "nothing"),
        (b'{"metrics": "auc"}\nx', 400, "metrics"),
        (b'{"description": "' + b"x" * (2 << 20) + b'"}\nx', 413, "first line"),
    ],
    ids=lambda given: repr(given)[:30],
)
def test_a_line_that_tells_nothing_good_leaves_nothing(
    site: tuple[World, httpx.Client], line: bytes, status: int, said: str
) -> None:
    world, client = site
    client.post(UPLOAD, params={"model": "n", "path": "n"}, content=b"n", headers=KIND)
    asked = {"model": "m", "path": "a.txt"}
    answer = client.post(UPLOAD, params=asked, content=line, headers=TOLD)
    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.text
    assert left_in(world) == []
    assert client.get("/api/v1/model", params={"model": "m"}).status_code == 404


def left_in(world: World) -> list[str]:
    return [path.name for path in (world.state / "uploads").iterdir()]


@pytest.mark.parametrize(
    ("asked", "content", "headers", "status"),
    [
        ({"model": "m", "path": "a.txt"}, b"x", {"Repr-Digest": digest_of(b"y")}, 400),
        ({"model": "m", "path": "a.txt"}, b"x", {"Repr-Digest": "sha-256=:x:"}, 400),
        ({"model": "m", "path": "a.txt"}, b"x", {"Repr-Digest": "md5=:x:"}, 400),
        ({"model": "m", "path": "a.txt"}, b"", {}, 400),
        ({"model": "m", "path": "../a.txt"}, b"x", {}, 400),
        ({"model": "m", "path": "/etc/passwd"}, b"x", {}, 400),
        ({"model": "m", "path": ".."}, b"x", {}, 400),
        ({"model": "m"}, b"x", {}, 400),
        ({"model": "M", "path": "a.txt"}, b"x", {}, 400),
        ({"model": "m", "path": "a.txt", "parameters": "{"}, b"x", {}, 400),
        ({"model": "m", "path": "a.txt", "source": "file:///etc/passwd"}, b"x", {}, 400),
    ],
)
def test_an_upload_that_fails_leaves_nothing(
    site: tuple[World, httpx.Client],
    asked: dict[str, str],
    content: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    world, client = site
    client.post(UPLOAD, params={"model": "n", "path": "n"}, content=b"n", headers=KIND)
    answer = client.post(UPLOAD, params=asked, content=content, headers=KIND | headers)
    assert answer.status_code == status, answer.text
    assert left_in(world) == []
    assert client.get("/api/v1/model", params={"model": "m"}).status_code == 404


def test_an_upload_that_breaks_off_leaves_nothing(site: tuple[World, httpx.Client]) -> None:
    world, client = site

    def pieces() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise InterruptedError("the line is cut")

    with pytest.raises(InterruptedError):
        client.post(UPLOAD, params={"model": "m", "path": "a"}, content=pieces(), headers=KIND)
    again = client.post(UPLOAD, params={"model": "n", "path": "a"}, content=b"n", headers=KIND)
    assert again.status_code == 200
    assert left_in(world) == []


def test_files_of_a_run_come_one_by_one(site: tuple[World, httpx.Client]) -> None:
    _, client = site
    run = client.post("/api/v1/run/begin", json={"model": MODEL}).json()["uuid"]
    asked: dict[str, Any] = {"run": run, "name": "plots/roc.png", "role": "plot"}
    kept = client.post("/api/v1/run/file", params=asked, content=b"png", headers=KIND)
    assert kept.json()["files"] == ["plots/roc.png"]
    again = client.post("/api/v1/run/file", params=asked, content=b"other", headers=KIND)
    assert (again.status_code, again.json()["error"]) == (409, "AlreadyLogged")
    got = client.get(FILE, params={"ref": f"run:{run}", "name": "plots/roc.png"})
    assert got.content == b"png"
    nothing = client.get(FILE, params={"ref": f"run:{run}"})
    assert (nothing.status_code, nothing.json()["error"]) == (404, "ArtifactNotFound")


def test_a_bucket_is_read_by_its_own_links(sqlite_world: World, bucket: Bucket) -> None:
    sqlite_world.remote = bucket
    sqlite_world.version(1)
    with serving(sqlite_world.settings) as url, asking(url) as client:
        asked = {"ref": f"{MODEL}@1", "link": "true", "expires_s": "60"}
        answer = client.get(FILE, params=asked)
        assert (answer.status_code, answer.content) == (307, b"")
        assert httpx.get(answer.headers["location"], trust_env=False).content == BYTES
        assert client.get(FILE, params={"ref": f"{MODEL}@1"}).content == BYTES
        assert client.get(FILE, params=asked | {"expires_s": "0"}).status_code == 400
