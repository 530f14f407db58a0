"""Every route as somebody without a token may try it: other spellings, methods and headers."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from starlette.routing import Route

from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.declared import OPEN, need_of
from registry_tasks.settings import Settings
from support.plain_http import Shot

_OPEN: Final = frozenset({"/health", "/ready", "/login", "/logout", "/static/{name}"})
_ARGUMENTS: Final = {"{name:path}": "kite", "{number:number}": "1", "{uuid}": "x", "{name}": "x"}
_METHODS: Final = (
    *("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get", "FOO", "PROPFIND"),
)
_SPELLINGS: Final = (
    *("{}", "{}/", "{}//", "{}/health", "{}/ready", "{}/login", "{};/health", "{}%2fhealth"),
    *("{}?/health", "{}#/health", "{}.json", "{}%00", "{}%20", "{}%2e", "{}\\health", "{}?token=x"),
    *(
        "/health/..{}",
        "/health/%2e%2e{}",
        "/static/..{}",
        "/static/..%2f..{}",
        "/login/..;{}",
        "/{}",
    ),
    *(
        "//health{}",
        "/ajax-api{}",
        "/%2e{}",
        "/./{}",
        "/api/v1/../..{}",
        "{}?_method=GET",
    ),
)
_HEADERS: Final = (
    {"X-Original-URL": "/health"}, {"X-Rewrite-URL": "/health"}, {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-User": "olga"}, {"X-Remote-User": "olga"}, {"Remote-User": "olga"},
    {"X-HTTP-Method-Override": "GET"}, {"X-Forwarded-Prefix": "/health"}, {"Forwarded": "for=127.0.0.1"},
    {"Authorization": "Basic b2xnYTphZG1pbg=="}, {"Authorization": "Basic YWRtaW46cGFzc3dvcmQxMjM0"},
    {"Authorization": "Bearer"}, {"Authorization": "Bearer null"}, {"Authorization": "Bearer admin"},
    {"Authorization": "bearer  "}, {"Authorization": "Token olga"}, {"Authorization": "Digest username=olga"},
    {"Cookie": "registry_session="}, {"Cookie": "registry_session=null"}, {"Cookie": "user=olga; role=admin"},
    {"Cookie": 'registry_session="; registry_session=olga'}, {"Upgrade": "websocket", "Connection": "Upgrade"},
    {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "localhost"},
    {"Host": "evil.example"}, {"Host": "127.0.0.1"}, {"Host": ""}, {"X-Forwarded-Host": "localhost"},
)  # fmt: skip


class Door(NamedTuple):
    """A route that needs somebody to be known."""

    method: str
    path: str


def doors(settings: Settings) -> tuple[Door, ...]:
    """Return all of them, and raise if another one than those that must be open is open to all."""
    found = []
    for route in create_app(ServerConfig(settings)).routes:
        assert isinstance(route, Route)
        if need_of(route) == OPEN:
            assert route.path in _OPEN, f"{route.path} is open to all"
            continue
        path = route.path
        for part, so in _ARGUMENTS.items():
            path = path.replace(part, so)
        found.append(Door(min((route.methods or {"GET"}) - {"HEAD"}), path))
    return tuple(found)


def knocks(url: str, door: Door) -> Iterator[tuple[str, Shot]]:
    """Give every way to try a door."""
    for spelling in _SPELLINGS:
        yield spelling, Shot(door.method, spelling.format(door.path).encode())
    yield "absolute", Shot(door.method, f"{url}{door.path}".encode())
    yield "elsewhere", Shot(door.method, f"http://localhost{door.path}".encode())
    yield "in capitals", Shot(door.method, door.path.upper().encode())
    for method in _METHODS:
        yield method, Shot(method, door.path.encode())
    for headers in _HEADERS:
        yield str(headers), Shot(door.method, door.path.encode(), headers)
    if door.method == "POST":
        for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
            yield kind, Shot("POST", door.path.encode(), {"Content-Type": kind}, b"{}")
