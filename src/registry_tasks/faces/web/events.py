"""What happened, in words: what lists of events show beside who and when."""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.stage import slot

K = EventKind
TONES: Final = {
    K.VERSION_PROMOTED: "good",
    K.VERSION_ROLLED_BACK: "warn",
    K.VERSION_REFUSED: "bad",
    K.VERSION_REPRODUCED: "accent",
    K.VERSION_DELETED: "bad",
    K.VERSION_HELD: "warn",
    K.RUN_FAILED: "bad",
    K.APPROVAL_REQUESTED: "warn",
    K.ALIAS_MOVED: "accent",
}


def tone(event: Event) -> str:
    """Return the colour of an event's kind."""
    if event.kind is K.VERSION_REPRODUCED and _in(event.after, "verdict") == "different":
        return "bad"
    return TONES.get(event.kind, "")


def tell(event: Event) -> str:
    """Say in a few words what an event changed."""
    before, after = event.before, event.after
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
        case K.VERSION_REGISTERED:
            return _in(after, "semantic_version")
        case K.VERSION_REPRODUCED:
            return _in(after, "verdict")
        case K.VERSION_REGRADED:
            return f"grade {_in(before, 'grade')} → {_in(after, 'grade')}"
        case K.ALIAS_MOVED:
            came = _in(before, "version")
            return f"@{_in(after, 'alias')}: {came or 'nothing'} → {_in(after, 'version')}"
        case K.ALIAS_REMOVED:
            return f"@{_in(before, 'alias')}"
        case K.DEPLOYMENT_STARTED | K.DEPLOYMENT_ENDED:
            told = after if isinstance(after, dict) else before
            return f"{_in(told, 'place')} in {_in(told, 'environment')}"
    return ""


def _in(told: JsonValue, name: str) -> str:
    if not isinstance(told, Mapping) or told.get(name) is None:
        return ""
    return str(told[name])


def _place(told: JsonValue) -> str:
    stage, environment = _in(told, "stage"), _in(told, "environment")
    return slot(stage, environment or "default") if stage else ""


def _failed(told: JsonValue) -> list[str]:
    gates = told.get("gates") if isinstance(told, Mapping) else None
    if not isinstance(gates, list):
        return []
    return [_in(gate, "gate") for gate in gates if _in(gate, "outcome") != "passed"]
