"""Bodies that two readers would read in two ways, or that say more than a request has."""

import json
from collections.abc import Iterator
from typing import Any, Final

from support.openings import JSON
from support.plain_http import Shot

_FIELDS: Final = (
    *("actor", "user_id", "user", "role", "identity", "created_by", "by", "at", "__proto__"),
    *(
        "runId",
        "modelId",
        "modelName",
        "expectCurrent",
        "Ref",
        "REF",
        "model ",
        "ref\u200b",
        "is_prompt",
    ),
    *(
        "path",
        "uri",
        "url",
        "webhook",
        "callback",
        "staged",
        "needs",
        "takes_key",
        "_method",
    ),
)
"""Of no request here, or of none in this spelling."""


def malformed(path: str, body: dict[str, Any]) -> Iterator[tuple[str, Shot]]:
    """Give ways to write a request wrongly."""
    told = {name: of() if callable(of) else of for name, of in body.items()}
    whole = json.dumps(told).encode()
    first, value = next(iter(told.items()))
    doubled = json.dumps({first: value}).encode()[1:-1]
    spelled = "".join(f"\\u{ord(c):04x}" for c in first)
    same = f'"{spelled}": {json.dumps(value)}'.encode()
    contents = {
        "a name twice": b"{" + doubled + b", " + whole[1:],
        "a name twice, once spelled out": b"{" + same + b", " + whole[1:],
        "a list around it": b"[" + whole + b"]",
        "two of them": whole + whole,
        "more behind it": whole + b" x",
        "a comment": b"/* */" + whole,
        "a comma at its end": whole[:-1] + b",}",
        "no number": whole[:-1] + b', "x": NaN}',
        "an endless number": whole[:-1] + b', "x": Infinity}',
        "deep": whole[:-1] + b', "x": ' + b"[" * 90 + b"]" * 90 + b"}",
        "very deep": b'{"x":' * 20_000 + b"1" + b"}" * 20_000,
        "many digits": whole[:-1] + b', "x": ' + b"9" * 5000 + b"}",
        "half a character": whole[:-1] + b', "x": "\\ud800"}',
        "a NUL": whole[:-1] + b', "x": "\\u0000"}',
        "UTF-16": whole.decode().encode("utf-16"),
        "Latin-1": b'{"\xe4": 1}',
        "UTF-7": b"+AHsAfQ-",
        "a mark before it": b"\xef\xbb\xbf" + whole,
        "nothing": b"",
        "null": b"null",
        "a text": b'"{}"',
        "a pickle": b"cos\nsystem\n(S'true'\ntR.",
        "YAML": b"ref: !!python/object/apply:os.system [true]\n",
        "XML": b"<?xml version='1.0'?><ref/>",
        "a form": b"ref=x&to=production",
    }
    for what, content in contents.items():
        yield what, Shot("POST", path.encode(), JSON, content)
    for field in _FIELDS:
        more = json.dumps({**told, field: "root"}).encode()
        yield f"a field {field!r}", Shot("POST", path.encode(), JSON, more)
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        yield f"as {kind}", Shot("POST", path.encode(), {"Content-Type": kind}, whole)
    yield "in the address", Shot("POST", f"{path}?actor=root".encode(), JSON, whole)
    yield "of no type", Shot("POST", path.encode(), {}, whole)
