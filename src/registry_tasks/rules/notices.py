"""Events as texts for people: what happened, its numbers, and one link to go on from."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from registry_tasks.entities.event import Event, EventKind as K
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, slot

_LONGEST: Final = 300
_MANY: Final = 20
_FAILED: Final = "failed"


class Notice(NamedTuple):
    """A text for people; ``path`` is where the dashboard shows more."""

    title: str
    lines: tuple[str, ...]
    path: str

    def body(self, address: str | None) -> str:
        """Return the text with its link, where somebody has said what the dashboard's address is."""
        link = () if address is None else ("", f"{address.rstrip('/')}{self.path}")
        return "\n".join((*self.lines, *link))


def notice_of(event: Event) -> Notice:
    """Say what an event is about. A kind without words of its own is told plainly."""
    told: Mapping[str, Any] = event.after if isinstance(event.after, Mapping) else {}
    match str(event.kind):
        case K.APPROVAL_REQUESTED:
            title = f"{_what(event)} waits for approval to {_place(told)}"
            lines, path = tuple(_request(told)), f"/approvals/{quote(str(told.get('uuid', '')))}"
            return Notice(title, (*lines, *_who(event)), path)
        case K.VERSION_REFUSED:
            place = slot(str(told.get("refused")), str(told.get("environment")))
            title = f"{_what(event)} was not promoted to {place}"
            return Notice(title, (*_gates(told), *_who(event)), _path(event))
        case K.VERSION_PROMOTED | K.VERSION_ROLLED_BACK:
            how = "was promoted to" if event.kind is K.VERSION_PROMOTED else "is again in"
            came = event.before if isinstance(event.before, Mapping) else {}
            lines = (f"before: {_place(came)}", *_who(event))
            return Notice(f"{_what(event)} {how} {_place(told)}", lines, _path(event))
        case K.VERSION_DRILL_FAILED:
            title = f"{_what(event)} failed its drill: it may not come back as it was"
            lines = (_short(str(told.get("failure", ""))), *_drilled(told), *_who(event))
            return Notice(title, lines, _path(event))
        case K.SUBSCRIPTION_TESTED:
            return Notice("A sample: events of the registry come here", _who(event), "/")
    kind = event.kind.replace(".", " ").replace("_", " ")
    title = f"{_what(event)}: {kind}" if event.model else kind.capitalize()
    return Notice(title, (*_plainly(told), *_who(event)), _path(event))


def _request(told: Mapping[str, Any]) -> Iterator[str]:
    evidence = told.get("evidence") or {}
    improved = evidence.get("improvement")
    if improved:
        found = improved["bootstrap"]
        yield (
            f"{improved['metric']}: {found['candidate']:.4g}, production has "
            f"{found['incumbent']:.4g} ({found['difference']:+.4g}, {found['confidence']:.0%} "
            f"between {found['low']:+.4g} and {found['high']:+.4g}, {found['rows']:,} rows)"
        )
    metrics = (evidence.get("candidate") or {}).get("metrics") or {}
    for name, value in sorted(metrics.items())[:_MANY]:
        yield f"{name}: {value:.4g}"
    yield from _gates(evidence)
    if displaces := evidence.get("displaces"):
        yield f"it would take the place of {displaces}"
    people = told.get("people", 1)
    yield f"{people} {'person has' if people == 1 else 'people have'} to approve"
    yield f"until {str(told.get('expires_at', ''))[:16].replace('T', ' ')} UTC"


def _gates(told: Mapping[str, Any]) -> Iterator[str]:
    """Say of each gate what it found; those that failed come first."""
    gates = [gate for gate in told.get("gates") or () if isinstance(gate, Mapping)]
    for gate in sorted(gates, key=lambda gate: gate.get("outcome") != _FAILED)[:_MANY]:
        found = ", ".join(
            f"{word} {gate[name]}"
            for word, name in (("measured", "measured"), ("bound", "bound"))
            if gate.get(name)
        )
        why = f": {gate['reason']}" if gate.get("reason") else ""
        numbers = f" ({found})" if found else ""
        yield _short(f"{gate.get('gate')} {gate.get('outcome')}{numbers}{why}")


def _drilled(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"bytes {told.get('bytes')} ({told.get('files')} files, {told.get('size_bytes')} B)"
    yield f"packages {told.get('environment')} ({told.get('packages')} asked for)"
    yield f"rebuild {told.get('rebuild')} ({told.get('cpu_s')} s of CPU in all)"


def _plainly(told: Mapping[str, Any]) -> Iterator[str]:
    plain = ((n, v) for n, v in told.items() if isinstance(v, str | int | float) and v != "")
    for name, value in list(plain)[:_MANY]:
        yield _short(f"{name.replace('_', ' ')}: {value}")


def _who(event: Event) -> tuple[str, ...]:
    said = (_short(f"reason: {event.reason}"),) if event.reason else ()
    return (*said, f"by {event.actor}, {event.at:%Y-%m-%d %H:%M} UTC")


def _what(event: Event) -> str:
    if event.model is None:
        return "registry"
    return event.model if event.version is None else f"{event.model}@{event.version}"


def _place(told: Mapping[str, Any]) -> str:
    environment = told.get("environment") or DEFAULT_ENVIRONMENT
    return slot(str(told.get("stage", "?")), str(environment))


def _path(event: Event) -> str:
    if event.model is None:
        return "/history"
    model = f"/models/{quote(event.model, safe='/')}"
    return model if event.version is None else f"{model}/versions/{event.version}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
