"""An operation: a verb at its address, with all that its own signature says of it."""

import inspect
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BeforeValidator, Field, TypeAdapter, create_model

from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Asked, Request
from registry_tasks.entities.search import MAX_PAGE, Search
from registry_tasks.faces.http.caller import Caller, Callers
from registry_tasks.faces.rest.parameters import EXAMPLES, MEANINGS
from registry_tasks.faces.routes import BASE, ROUTES, Route
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.resolve_past import resolve

MAX_NUMBER: Final = 2**31 - 1
"""More than any column of the store holds."""
MAX_NODES: Final = 2_000
"""Of a graph that is answered with: it is made in memory, beside those of others."""
_MOST: Final = MappingProxyType({"limit": MAX_PAGE, "nodes": MAX_NODES})
"""Of what an answer holds: it is the default, too, where the verb itself has no other one."""
_MANY: Final = (Collection, Iterable, Sequence)
_Instant = Annotated[datetime, BeforeValidator(to_instant)]


class Question(Asked):
    """What a reading verb is asked: its arguments, as a query has them."""


@dataclass(frozen=True)
class Operation:
    """``spreads`` says that the verb takes one value, whose fields are the arguments."""

    route: Route
    verb: Callable[..., Any]
    asked: type[Asked]
    answer: TypeAdapter[Any]
    answer_type: Any
    spreads: bool
    reads: bool  # by the quick road

    @property
    def name(self) -> str:
        """What it is called in the description: ``alias-point``."""
        return self.route.path.removeprefix(f"{BASE}/").replace("/", "-")

    @property
    def needs(self) -> Permission:
        """What a caller must be permitted."""
        return self.asked.needs if issubclass(self.asked, Request) else Permission.READ

    @property
    def tells_secret(self) -> bool:
        """Whether its answer is given once."""
        return issubclass(self.asked, Request) and self.asked.tells_secret

    def is_light(self, asked: Asked) -> bool:
        """Whether it is what serving asks all day, for which there is a quicker road."""
        return self.verb is resolve and getattr(asked, "at", None) is None

    def call(self, callers: Callers, caller: Caller, asked: Asked) -> Any:
        """Ask the verb that reads."""
        if self.is_light(asked):
            told: Any = asked
            return callers.reader.resolve(told.ref)
        if self.reads:
            return self.verb(callers.reader, asked)
        registry = callers.registry.acting_as(caller.identity)
        if self.spreads:
            return self.verb(registry, asked)
        return self.verb(
            registry, **{name: getattr(asked, name) for name in type(asked).model_fields}
        )


def operations() -> tuple[Operation, ...]:
    """Return all of them, in the order of the table."""
    return tuple(map(_of, ROUTES))


def _of(route: Route) -> Operation:
    verb = route.load()
    signature = inspect.signature(verb, eval_str=True)
    first, *others = signature.parameters.values()
    if route.stores:
        others.pop()  # where the server has put the file
    answer = signature.return_annotation
    spreads = len(others) == 1 and _is_asked(others[0].annotation)
    asked = others[0].annotation if spreads else _question(route, others)
    if asked is Search:
        asked = _PagedSearch
    return Operation(
        route=route,
        verb=verb,
        asked=asked,
        answer=TypeAdapter(answer),
        answer_type=answer,
        spreads=spreads,
        reads=issubclass(first.annotation, Reader),
    )


class _PagedSearch(Search):
    limit: int = Field(default=50, ge=1, le=MAX_PAGE)


def _is_asked(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Asked)


def _question(route: Route, parameters: list[inspect.Parameter]) -> type[Question]:
    fields: dict[str, Any] = {p.name: (_type(p), _field(p)) for p in parameters}
    name = "".join(part.title() for part in route.path.removeprefix(BASE).split("/"))
    return create_model(f"{name}Question", __base__=Question, **fields)


def _type(parameter: inspect.Parameter) -> Any:
    annotation = parameter.annotation
    if get_origin(annotation) in _MANY:
        return list[str]
    inner = [kind for kind in get_args(annotation) if kind is not NoneType]
    kind = inner[0] if inner else annotation
    if kind is datetime:
        kind = _Instant
    return kind | None if inner and parameter.name not in _MOST else kind


def _field(parameter: inspect.Parameter) -> Any:
    told: dict[str, Any] = {"description": MEANINGS[parameter.name]}
    if parameter.name in EXAMPLES:
        told["examples"] = [EXAMPLES[parameter.name]]
    kinds = (parameter.annotation, *get_args(parameter.annotation))
    if int in kinds:
        told |= {"ge": int(parameter.name in _MOST), "le": _MOST.get(parameter.name, MAX_NUMBER)}
    if str in kinds:
        told["max_length"] = 10_000
    if parameter.default is inspect.Parameter.empty:
        return Field(**told)
    default = parameter.default
    if default is None:
        default = _MOST.get(parameter.name)
    if get_origin(parameter.annotation) in _MANY:
        default = list(default)
    return Field(default=default, **told)
