"""Rows that events alone tell of, worked out from them, oldest first.

The log brings them back into a store that has lost them, and the doctor holds a store against them.
Texts that the log leaves out change nothing: what was said before stays.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, Protocol

from registry_tasks.entities.dataset_record import DatasetProfile
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.profile import Profile
from registry_tasks.entities.told_row import Facts, Place, ToldRow

K = EventKind
_PROFILE: Final[Facts] = Profile().model_dump(mode="json")
_BLANK: Final[dict[str, Facts]] = {
    "version_profile": _PROFILE,
    "dataset_profile": DatasetProfile().model_dump(),
}
"""What nobody has said anything of may have no row at all."""


class Told(Protocol):
    """An event as the store or the log has it; ``version`` is a number."""

    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def model(self) -> str | None: ...
    @property
    def version(self) -> int | None: ...
    @property
    def run(self) -> str | None: ...
    @property
    def before(self) -> Any: ...
    @property
    def after(self) -> Any: ...


class ToldRows:
    """What the events that were told so far come to."""

    def __init__(self) -> None:
        self.rows: dict[Place, Facts] = {}
        self._changed: dict[Place, None] = {}

    def tell(self, told: Told, reason: str = "") -> None:
        """Take an event in. Raises KeyError, TypeError, ValueError for one that is malformed."""
        model, ref, after = told.model, f"{told.model}@{told.version}", told.after
        by = {"at": told.at, "by": told.actor}
        match told.kind:
            case K.MODEL_CREATED:  # the row is made with it
                self.rows[Place("model", (model,))] = _PROFILE | {"owner": told.actor}
            case K.MODEL_DESCRIBED:
                self._describe(Place("model", (model,)), _PROFILE, after)
            case K.VERSION_DESCRIBED:
                self._describe(Place("version_profile", (ref,)), _PROFILE, after)
            case K.VERSION_REGISTERED:
                said = {name: after[name] for name in ("description",) if name in after}
                self._describe(Place("version_profile", (ref,)), _PROFILE, said)
                self._tag("tag", ref, {}, after)
            case K.DATASET_DESCRIBED:
                place = Place("dataset_profile", (after["dataset"],))
                self._describe(place, _BLANK[place.table], _with_date(after))
            case K.MODEL_TAGGED:
                self._tag("model_tag", model, told.before, after)
            case K.VERSION_TAGGED:
                self._tag("tag", ref, told.before, after)
            case K.MODEL_NOTED | K.VERSION_NOTED if "text" in after:
                of = None if told.version is None else ref
                self._put("note", (model, of, after["text"], told.at, told.actor), {})
            case K.SCHEMA_PUT:
                self._put("model_schema", (model,), {"schema": after["schema"]})
            case K.SCHEMA_REMOVED:
                self._take("model_schema", (model,))
            case K.VERSION_REGRADED:
                names = ("grade", "reasons", "pushed_to")
                self._put("version_grade", (ref,), {name: after[name] for name in names})
            case K.VERSION_HELD:
                self._put("hold", (ref,), by | {"reason": reason})
            case K.VERSION_RELEASED:
                self._take("hold", (ref,))
            case K.VERSION_BYTES_DROPPED:
                self._put("dropped_bytes", (ref,), by | {"reason": reason})
            case K.VERSION_BYTES_REMADE:
                self._take("dropped_bytes", (ref,))
            case K.VERSION_DELETED:
                self._put("tombstone", (ref,), by | {"reason": reason})
            case K.VERSION_CONFIRMED:
                self._put("confirmation", (ref, told.run), by)
            case K.DEPLOYMENT_STARTED | K.DEPLOYMENT_ENDED:
                self._deploy(told, ref, reason)
            case K.SWEEP_STARTED | K.SWEEP_ENDED | K.RUN_STARTED:
                self._sweep(told)
            case K.APPROVAL_REQUESTED:
                self._ask(told, ref, reason)
            case K.APPROVAL_DECIDED:
                made = {name: after[name] for name in ("choice", "role", "own_work")}
                self._put(
                    "approval_decision",
                    (after["uuid"], told.actor),
                    made | {"reason": reason, "at": told.at},
                )
            case K.APPROVAL_CLOSED:
                key = (after["uuid"],)
                over = {"outcome": after["outcome"], "because": after["because"]}
                over |= {"closed_at": told.at, "closed_by": told.actor}
                self._put("approval_request", key, self.rows[Place("approval_request", key)] | over)

    def go_on(self) -> None:
        """Let only what is told from now on count as changed."""
        self._changed.clear()

    def changes(self) -> Iterator[ToldRow]:
        """Give what changed, as it is by now."""
        for place in self._changed:
            yield ToldRow(place, self.rows.get(place))

    def _describe(self, place: Place, blank: Facts, said: Facts) -> None:
        known = self.rows.get(place, blank)
        self._put(*place, known | {name: said[name] for name in blank if name in said})

    def _tag(self, table: str, subject: str | None, before: Facts, after: Facts) -> None:
        put, had = after.get("tags", {}), before.get("tags", {})
        for key in had.keys() - put.keys():
            self._take(table, (subject, key))
        for key, value in put.items():
            self._put(table, (subject, key), {"value": value})

    def _deploy(self, told: Told, ref: str, reason: str) -> None:
        after, key = told.after, (told.after["uuid"],)
        if told.kind == K.DEPLOYMENT_ENDED:
            over = {"until": datetime.fromisoformat(after["until"]), "ended_by": told.actor}
            self._put("deployment", key, self.rows[Place("deployment", key)] | over)
            return
        where = {"environment": after["environment"], "place": after["place"], "reason": reason}
        since = datetime.fromisoformat(after["since"]) if "since" in after else told.at
        began = {"since": since, "by": told.actor, "until": None, "ended_by": None}
        self._put("deployment", key, {"model": told.model, "version": ref} | where | began)

    def _ask(self, told: Told, ref: str, reason: str) -> None:
        names = ("stage", "environment", "evidence", "evidence_sha256", "people")
        asked = {name: told.after[name] for name in names}
        asked |= {"model": told.model, "version": ref, "reason": reason}
        asked |= {"requested_at": told.at, "requested_by": told.actor}
        waits = dict.fromkeys(("outcome", "closed_at", "closed_by", "because"))
        until = {"expires_at": datetime.fromisoformat(told.after["expires_at"])}
        self._put("approval_request", (told.after["uuid"],), asked | until | waits)

    def _sweep(self, told: Told) -> None:
        after = told.after
        if told.kind == K.RUN_STARTED:
            if trial := after.get("trial"):
                began = {"parameters": after["parameters"], "run": told.run}
                self._put("trial", (trial["sweep"], trial["number"]), began)
            return
        key = (after["uuid"],)
        if told.kind == K.SWEEP_ENDED:
            self._put("sweep", key, self.rows[Place("sweep", key)] | {"ended_at": told.at})
            return
        facts = {name: after[name] for name in ("experiment", "plan")} | {"model": told.model}
        began = {"started_at": told.at, "started_by": told.actor, "ended_at": None}
        self._put("sweep", key, facts | began)

    def _put(self, table: str, key: tuple[Any, ...], facts: Facts) -> None:
        if facts == _BLANK.get(table):
            self._take(table, key)
            return
        self.rows[Place(table, key)] = facts
        self._changed[Place(table, key)] = None

    def _take(self, table: str, key: tuple[Any, ...]) -> None:
        if self.rows.pop(Place(table, key), None) is not None:
            self._changed[Place(table, key)] = None


def is_blank(row: ToldRow) -> bool:
    """Whether a row says no more than if it were not there."""
    return row.facts is not None and row.facts == _BLANK.get(row.place.table)


def _with_date(said: Facts) -> Facts:
    day = said.get("retain_until")
    return said | {"retain_until": date.fromisoformat(day)} if day else said
