"""An answer as what it stands for: the entity that a verb returns, or the error that it raised."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, NamedTuple, NoReturn

from pydantic import TypeAdapter, ValidationError

from registry_tasks.entities import errors
from registry_tasks.entities.errors import RegistryError, RequestRefused, ServerFailed
from registry_tasks.faces.sdk.http.questions import signature_of
from registry_tasks.faces.statuses import family_of

_PROBLEM: Final = "application/problem+json"
_OURS: Final = frozenset({400, 405, 406, 411, 413, 414, 415, 416, 428, 431})
"""Statuses that say something of the request, where no registry's own error says more."""
_SHOWN: Final = 300


class Answer(NamedTuple):
    """What came back, read to its end; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def problem(self) -> dict[str, Any]:
        """The problem document, empty where it is none."""
        if self.headers.get("content-type", "").partition(";")[0].strip() != _PROBLEM:
            return {}
        try:
            told = json.loads(self.content)
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}


def read_answer(verb: Callable[..., Any], answer: Answer, url: str) -> Any:
    """Return what a verb answered. Raises ServerFailed for what no registry says."""
    kind = _kind_of(verb)
    return answer.content if kind is None else read_as(kind, answer, url)


def read_as(kind: TypeAdapter[Any], answer: Answer, url: str) -> Any:
    """Return what a body stands for. Raises ServerFailed."""
    try:
        return kind.validate_json(answer.content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"what it says is not what this release understands: {where}: {first['msg']}"
        raise ServerFailed(url, answer.status, f"{reason}; is it of another release?") from None


def raise_problem(answer: Answer, url: str) -> NoReturn:
    """Raise the registry's own error, or say what the server said."""
    told = answer.problem
    detail = str(told.get("detail") or _shown(answer))
    if "error" in told:
        raise _error_of(told, answer.status, detail)
    if answer.status in _OURS:
        raise RequestRefused(url, answer.status, detail)
    if "instance" in told:
        detail = f"{detail} (request {str(told['instance']).removeprefix('urn:uuid:')})"
    raise ServerFailed(url, answer.status, detail)


def _error_of(told: Mapping[str, Any], status: int, detail: str) -> RegistryError:
    """Make an error anew of its facts; only what is an error of the registry is ever made."""
    kind, facts = vars(errors).get(str(told["error"])), told.get("args")
    if isinstance(kind, type) and issubclass(kind, RegistryError) and isinstance(facts, list):
        with suppress(TypeError):  # a newer release tells more of it, an older one less
            return kind(*map(_fact, facts))
    return family_of(status)(detail)  # only a newer release knows what exactly


def _fact(told: Any) -> Any:
    """Facts are texts, numbers and tuples of such."""
    return tuple(map(_fact, told)) if isinstance(told, list) else told


def _shown(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "")
    if not kind.startswith("text/plain"):
        return f"an answer of type {kind[:80] or 'nobody knows'}, which is not a registry's"
    text = answer.content[:_SHOWN].decode(errors="replace")
    return " ".join(text.split()) or "nothing"


@lru_cache(maxsize=256)
def _kind_of(verb: Callable[..., Any]) -> TypeAdapter[Any] | None:
    """Return how to read what a verb answers, None for bytes as they are."""
    said = signature_of(verb).return_annotation
    return None if said is bytes else TypeAdapter(said)
