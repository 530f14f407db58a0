"""What happened, in words: what lists of events show beside who and when."""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.access import Right
from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.stage import slot

K = EventKind
_LENGTH: Final = 80
_HASH: Final = 10
TONES: Final = {
    K.VERSION_PROMOTED: "good",
    K.VERSION_ROLLED_BACK: "warn",
    K.VERSION_REFUSED: "bad",
    K.VERSION_REPRODUCED: "accent",
    K.VERSION_BYTES_DROPPED: "warn",
    K.VERSION_DELETED: "bad",
    K.VERSION_HELD: "warn",
    K.VERSION_DRILL_FAILED: "bad",
    K.RUN_FAILED: "bad",
    K.APPROVAL_REQUESTED: "warn",
    K.ALIAS_MOVED: "accent",
}
_TOLD: Final = {
    K.VERSION_REGISTERED: "semantic_version",
    K.VERSION_REPRODUCED: "verdict",
    K.VERSION_DRILLED: "verdict",
    K.VERSION_DRILL_FAILED: "failure",
    K.VERSION_NOTED: "text",
    K.MODEL_NOTED: "text",
    K.DATASET_DESCRIBED: "dataset",
    K.RUN_FAILED: "failure",
    K.RUN_COMPARED: "incumbent",
    K.SWEEP_STARTED: "experiment",
    K.SWEEP_ENDED: "experiment",
}
"""The one thing to say where it is said as it stands."""


def tone(event: Event) -> str:
    """Return the colour of an event's kind."""
    if event.kind is K.VERSION_REPRODUCED and _in(event.after, "verdict") == "different":
        return "bad"
    if event.kind is K.VERSION_DRILLED and _in(event.after, "verdict") == "passed":
        return "good"
    return TONES.get(event.kind, "")


def tell(event: Event) -> str:
    """Say in a few words what an event changed."""
    text = " ".join(_words(event).split())
    return text if len(text) <= _LENGTH else f"{text[: _LENGTH - 1]}…"


def _words(event: Event) -> str:
    before, after = event.before, event.after
    told = before if after is None else after
    match event.kind:
        case (
            K.VERSION_PROMOTED
            | K.VERSION_ROLLED_BACK
            | K.VERSION_RESTORED
            | K.VERSION_ARCHIVED
            | K.VERSION_DISPLACED
        ):
            return f"{_place(before)} → {_place(after)}"
        case K.VERSION_REFUSED:
            refused = _in(after, "refused") or _in(after, "stage")
            gates = ", ".join(_failed(after))
            return f"not promoted to {refused}" + (f": {gates}" if gates else "")
        case K.VERSION_REGRADED:
            return f"grade {_in(before, 'grade')} → {_in(after, 'grade')}"
        case K.ALIAS_MOVED:
            came = _in(before, "version")
            return f"@{_in(after, 'alias')}: {came or 'nothing'} → {_in(after, 'version')}"
        case K.ALIAS_REMOVED:
            return f"@{_in(before, 'alias')}"
        case K.SCHEMA_PUT:
            return f"documents have a shape, {_in(after, 'differing') or 'none'} of them another"
        case K.SCHEMA_REMOVED:
            return "documents may have any shape"
        case K.RUN_STARTED:
            count = len(_mapping(after, "parameters"))
            return f"{count} parameter" + ("" if count == 1 else "s")
        case K.RUN_FINISHED:
            return _in(after, "commit")[:_HASH] or f"recipe {_in(after, 'recipe')[:_HASH]}"
        case K.DEPLOYMENT_STARTED | K.DEPLOYMENT_ENDED:
            return f"{_in(told, 'place')} in {_in(told, 'environment')}"
        case K.APPROVAL_REQUESTED:
            return f"for {_place(after)}"
        case K.APPROVAL_DECIDED:
            return _joined(_in(after, "choice"), _in(after, "role") and f"as {_in(after, 'role')}")
        case K.APPROVAL_CLOSED:
            return _joined(_in(after, "outcome"), _in(after, "because"), ": ")
        case K.RIGHT_GRANTED | K.RIGHT_REVOKED:
            return f"{_in(told, 'account')}: {_right(told)}"
        case (
            K.SUBSCRIPTION_ADDED
            | K.SUBSCRIPTION_REMOVED
            | K.SUBSCRIPTION_ROTATED
            | K.SUBSCRIPTION_TESTED
            | K.SUBSCRIPTION_REPLAYED
            | K.SUBSCRIPTION_ENDED
        ):
            return _joined(_in(told, "name"), _in(told, "to"), " to ")
        case K.ACCOUNT_ADDED | K.ACCOUNT_CLOSED | K.TOKEN_ISSUED | K.TOKEN_REVOKED:
            return _joined(_in(told, "account"), _in(told, "label"), ": ")
    return _in(told, _TOLD.get(event.kind, "")) or _changed(before, after) or _plain(told)


def _in(told: JsonValue, name: str) -> str:
    if not isinstance(told, Mapping) or told.get(name) is None:
        return ""
    return str(told[name])


def _joined(first: str, second: str, between: str = " ") -> str:
    return between.join(filter(None, (first, second)))


def _changed(before: JsonValue, after: JsonValue) -> str:
    """Name what is not as it was, where there was something."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return ""
    return ", ".join(name for name, now in after.items() if before.get(name) != now)


def _plain(told: JsonValue) -> str:
    """Say what there is to say of an event that has no words of its own."""
    values = told.items() if isinstance(told, Mapping) else ()
    return ", ".join(f"{name} {value}" for name, value in values if isinstance(value, str | int))


def _right(told: JsonValue) -> str:
    right = told.get("right") if isinstance(told, Mapping) else None
    return str(Right.model_validate(right)) if right else ""


def _mapping(told: JsonValue, name: str) -> Mapping[str, JsonValue]:
    found = told.get(name) if isinstance(told, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _place(told: JsonValue) -> str:
    stage, environment = _in(told, "stage"), _in(told, "environment")
    return slot(stage, environment or "default") if stage else ""


def _failed(told: JsonValue) -> list[str]:
    gates = told.get("gates") if isinstance(told, Mapping) else None
    if not isinstance(gates, list):
        return []
    return [_in(gate, "gate") for gate in gates if _in(gate, "outcome") != "passed"]
