"""History: everything that happened, who did it and why."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from fastapi import Query, Request, Response

from registry_tasks.entities.errors import InvalidSetting, NotFound, RegistryError
from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.events import tell, tone
from registry_tasks.faces.web.links import with_query
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.registry import Registry

_PAGE: Final = 100
_MANY: Final = 1000  # of a CSV file, read at once
_DAY: Final = 10  # characters of a time that is only a day
_COLUMNS: Final = (
    *("event", "at", "actor", "kind", "model", "version", "run", "before", "after", "reason"),
)
NOUNS: Final = tuple(dict.fromkeys(kind.partition(".")[0] for kind in EventKind))


@needs(Permission.READ)
def history_page(
    request: Request,
    registry: Opened,
    caller: Calling,
    subject: str = "",
    kind: str = "",
    stage: str = "",
    actor: str = "",
    since: str = "",
    until: str = "",
    before: int | None = Query(default=None, ge=1, le=2**31 - 1),
) -> Response:
    """List events that filters leave, newest first."""
    said = {"subject": subject, "kind": kind, "stage": stage}
    said |= {"actor": actor, "since": since, "until": until}
    problem: RegistryError | None = None
    found: tuple[Event, ...] = ()
    try:
        asked = _asked(**said)
        rows = partial(_rows, registry, asked)
        if file := csv_of(request, Table("history", _COLUMNS, rows)):
            return file
        found = list_history(registry, **asked, before=before, limit=_PAGE)
    except (InvalidSetting, NotFound) as error:
        problem = error
    more = found[-1].sequence if len(found) == _PAGE else None
    return render(
        request,
        caller,
        "history.html",
        problem_of_filter=problem,
        events=[(event, tell(event), tone(event)) for event in found],
        said=said,
        is_filtered=any(said.values()),
        kinds=EventKind,
        nouns=NOUNS,
        following=more and with_query("/history", **said, before=more),
        first=before and with_query("/history", **said),
    )


def _asked(
    subject: str, kind: str, stage: str, actor: str, since: str, until: str
) -> dict[str, Any]:
    """Read what was filled in: a kind may be a noun alone, a time a day alone, which is UTC's."""
    kinds = tuple(k for k in EventKind if kind in (k, k.partition(".")[0])) or (kind,)
    return {
        "subject": subject.strip() or None,
        "kinds": kinds if kind else (),
        "stage": stage.strip() or None,
        "actor": actor.strip() or None,
        "since": _start(since.strip()),
        "until": _end(until.strip()),
    }


def _start(text: str) -> datetime | None:
    return to_instant(f"{text}T00:00Z" if len(text) == _DAY else text, "since") if text else None


def _end(text: str) -> datetime | None:
    if not text:
        return None
    if len(text) != _DAY:
        return to_instant(text, "until")
    last = to_instant(f"{text}T00:00Z", "until").astimezone(UTC)
    return last + timedelta(days=1, microseconds=-1)  # in one step: there is a last day


def _rows(registry: Registry, asked: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    def ask(before: int | None) -> Sequence[Event]:
        return list_history(registry, **asked, before=before, limit=_MANY)

    for e in each(ask, lambda event: event.sequence):
        yield (
            *(e.sequence, e.at, e.actor, str(e.kind), e.model, e.version, e.run),
            *(e.before, e.after, e.reason),
        )


ROUTES: Final = (page("/history", history_page),)
