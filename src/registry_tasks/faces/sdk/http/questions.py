"""A verb's call as a request: arguments become a query, a writing verb's request a body."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple, cast
from uuid import uuid4

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.logged_run import LogValues
from registry_tasks.entities.request import Asked, Request
from registry_tasks.entities.search import MAX_PAGE
from registry_tasks.faces.routes import Route

Pairs = tuple[tuple[str, str], ...]
_LIMIT: Final = "limit"
_TOGETHER: Final = 20_000
"""How many numbers of a run go together: a body may have 2 MiB, and 100,000 values."""


class Question(NamedTuple):
    """What is sent. ``key`` makes it safe to send it again; reading always is.

    ``wanted`` is how many items are to be gathered from more pages than one, None for all of them.
    """

    method: str
    path: str
    query: Pairs = ()
    body: bytes | None = None
    key: str | None = None
    is_paged: bool = False
    wanted: int | None = None

    @property
    def is_safe(self) -> bool:
        """Whether it has one effect however often it arrives."""
        return self.method == "GET" or self.key is not None


def to_question(
    route: Route, verb: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Question:
    """Return what asks for a verb. Raises TypeError as the verb itself, InvalidSetting."""
    named = _arguments(verb, args, kwargs)
    if route.method == "POST":
        (request,) = named.values()
        return to_change(route.path, request)
    limit = named.get(_LIMIT, _usual_limit(verb))
    if not _goes_on(verb) or (limit is not None and limit <= MAX_PAGE):
        return Question("GET", route.path, tuple(_pairs(named)))
    first = tuple(_pairs({**named, _LIMIT: MAX_PAGE}))
    return Question("GET", route.path, first, is_paged=True, wanted=limit)


def to_change(path: str, request: Request) -> Question:
    """Return what asks for a change, with a key of our own where there is none."""
    request = with_key(request)
    return Question("POST", path, body=request.model_dump_json().encode(), key=request.key)


def with_key(request: Request) -> Request:
    """Return a request with a key of our own where it has none and one helps to ask again."""
    if request.key is not None or not request.takes_key or request.tells_secret:
        return request
    return request.model_copy(update={"key": str(uuid4())})


def in_parts(request: LogValues) -> Iterator[LogValues]:
    """Give values to log in parts that a body has room for: very many numbers in more than one."""
    points = ((key, point) for key, of in request.points.items() for point in of)
    importance = iter(request.importance.items())
    told = request.model_dump(include={"run", "parameters", "metrics", "datasets", "key"})
    while True:
        series: dict[str, Any] = {}
        for key, point in islice(points, _TOGETHER):
            series.setdefault(key, []).append(point)
        features = dict(islice(importance, _TOGETHER))
        if "key" not in told and not series and not features:
            return
        yield LogValues(**told, points=series, importance=features)
        told = {"run": request.run}


def to_search(path: str, search: Asked) -> Question:
    """Return what asks for a page of a search: a value whose fields are the arguments."""
    return Question("GET", path, tuple(_pairs(search.model_dump(exclude_defaults=True))))


def to_pairs(**arguments: Any) -> Pairs:
    """Return arguments as a query has them."""
    return tuple(_pairs(arguments))


@lru_cache(maxsize=256)
def signature_of(verb: Callable[..., Any]) -> inspect.Signature:
    """Return a verb's signature, read once."""
    return inspect.signature(verb, eval_str=True)


def _usual_limit(verb: Callable[..., Any]) -> int | None:
    """Return how many items a list has unless it is said, 0 for what is no list."""
    limit = signature_of(verb).parameters.get(_LIMIT)
    return 0 if limit is None else cast("int | None", limit.default)


def _goes_on(verb: Callable[..., Any]) -> bool:
    """Whether a list can be gone on with after one of its items."""
    return not {"before", "after"}.isdisjoint(signature_of(verb).parameters)


def _arguments(
    verb: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    bound = signature_of(verb).bind(None, *args, **kwargs)
    _, *named = bound.arguments.items()
    return dict(named)


def _pairs(named: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in named.items():
        if isinstance(value, Iterable) and not isinstance(value, str):
            yield from ((name, _text(name, item)) for item in value)
        elif value is not None:
            yield name, _text(name, value)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = value.isoformat() if isinstance(value, date) else str(value)
    if not text.isascii():
        _check_text(name, text)
    return text


def _check_text(name: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidSetting(name, ascii(text)[:120], "it is not text that can be sent") from None
