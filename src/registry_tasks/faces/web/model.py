"""A model's page: where its versions stand, how its metric went, what is said of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from fastapi import Response

from registry_tasks.entities.errors import (
    Invalid,
    InvalidCursor,
    InvalidFilter,
    MetricNotFound,
    NotFound,
    PolicyElsewhere,
    RegistryError,
)
from registry_tasks.entities.model_record import ModelRecord
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.policy import JudgingPolicy
from registry_tasks.entities.run import Run
from registry_tasks.entities.search import FoundVersion, Search, VersionPage
from registry_tasks.entities.stage import Stage, slot
from registry_tasks.entities.tenure import Tenure
from registry_tasks.entities.trend import Trend
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import NOTHING, Form
from registry_tasks.faces.web.links import model_url, with_query
from registry_tasks.faces.web.notes import notes_of
from registry_tasks.faces.web.reading import View, Viewing
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each_found, values_of
from registry_tasks.faces.web.trend import trend_chart
from registry_tasks.registry.catalogue.deployments import list_deployments
from registry_tasks.registry.catalogue.drills import list_risks
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_versions
from registry_tasks.registry.catalogue.show import show_model, sum_up
from registry_tasks.registry.catalogue.tenures import list_tenures
from registry_tasks.registry.catalogue.trend import read_trend
from registry_tasks.registry.policies import policy_of, policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.access import may, movable_aliases

_PAGE: Final = 50
_MANY: Final = 1000  # of a CSV file, read at once
_RISKS: Final = 5
_TREND: Final = 200
_COLUMNS: Final = ("version", "semantic", "stages", "aliases", "grade", "created", "by", "sha256")
_NO_CHECKOUT: Final = (
    "The server has no checkout of the project at hand: it cannot read the policy. Promote in a "
    "checkout over the same store, `registry promote`, or let `registry up` run in one."
)


class Lane(NamedTuple):
    """A stage with one place, who is in it, since when, and whether it could be given back."""

    name: str
    version: FoundVersion | None = None
    tenure: Tenure | None = None
    can_go_back: bool = False


class Asked(NamedTuple):
    """Which versions, and which metric."""

    filter: str = ""
    order: str = ""
    cursor: str = ""
    metric: str = ""


_ALL: Final = Asked()


@needs(Permission.READ)
def model(
    view: Viewing, name: str, q: str = "", order: str = "", cursor: str = "", metric: str = ""
) -> Response:
    """Show a model."""
    return show_page(view, name, Asked(q.strip(), order.strip(), cursor, metric))


def show_page(
    view: View,
    name: str,
    asked: Asked = _ALL,
    problem: RegistryError | None = None,
    filled: Form = NOTHING,
) -> Response:
    """Show a model's page; ``problem`` is why a form of it, ``filled`` so, was refused."""
    record = show_model(view.registry, name)
    newest = record.newest[0] if record.newest else None
    whole = None if newest is None else sum_up(view.registry, newest.ref)
    metrics = [] if whole is None else [*whole.metrics]
    policy, why = policy_here(view.registry, None if whole is None else whole.run, name)
    trend = _trend(view.registry, name, asked.metric, policy, metrics)
    if found := csv_of(view.request, _table(view.reader, name, asked, trend)):
        return found
    versions, unreadable = _versions(view.reader, name, asked)
    return render(
        view.request,
        view.caller,
        "model.html",
        record=record,
        model=record.model,
        newest=newest,
        asked=asked,
        problem_of_filter=unreadable,
        versions=versions,
        columns=_values(versions),
        measured=_measured(trend, versions, asked),
        risks=list_risks(view.registry, name, limit=_RISKS),
        lanes=_lanes(view, record, policy),
        trend=trend,
        chart=None if trend is None else trend_chart(trend),
        metrics=metrics,
        policy=policy,
        aliases=movable_aliases(view.caller.identity, name),
        why_no_policy=why,
        deployments=list_deployments(view.registry, name, limit=20),
        following=versions.next and _url(name, asked._replace(cursor=versions.next)),
        first=asked.cursor and _url(name, asked._replace(cursor="")),
        noted=notes_of(view, name, record.notes, model_url(name)),
        problem=problem,
        filled=filled,
    )


def _url(name: str, asked: Asked) -> str:
    said = {"q": asked.filter, "order": asked.order, "cursor": asked.cursor}
    return with_query(model_url(name), **said, metric=asked.metric) + "#versions"


def policy_here(registry: Registry, run: Run | None, name: str) -> tuple[JudgingPolicy | None, str]:
    """Return the policy that decides about what a run made, or None and why it cannot be read here.

    What comes from no repository is the checkout's: among many such runs there may be none to find.
    """
    if registry.find_repository() is None:
        return None, _NO_CHECKOUT
    try:
        is_ours = run is None or run.origin.repository
        return (policy_over if is_ours else policy_of)(registry, name), ""
    except (Invalid, PolicyElsewhere) as error:
        return None, str(error)


def _trend(
    registry: Registry, name: str, wanted: str, policy: JudgingPolicy | None, known: list[str]
) -> Trend | None:
    evaluation = None if policy is None else policy.policy.evaluation
    usual = evaluation.metric if evaluation else next(iter(known), "")
    for metric in filter(None, (wanted, usual, *known[:1])):
        try:
            return read_trend(registry, name, metric, last=_TREND)
        except MetricNotFound:
            continue
    return None


def _versions(
    reader: Reader, name: str, asked: Asked
) -> tuple[VersionPage, InvalidFilter | InvalidCursor | None]:
    try:
        return search_versions(reader, _search(name, asked, _PAGE)), None
    except (InvalidFilter, InvalidCursor) as error:
        return VersionPage(items=(), next=None), error


def _search(name: str, asked: Asked, limit: int) -> Search:
    return Search(
        filter=asked.filter,
        order_by=asked.order or None,
        cursor=asked.cursor or None,
        model=name,
        limit=limit,
    )


def _values(versions: VersionPage) -> tuple[str, ...]:
    """The columns that filter and order name beside those that are always there."""
    usual = {"number", "version", "stage", "alias", "grade", "created", "created_by", "model"}
    return tuple(key for key in values_of(versions.items) if key not in usual)


def _measured(
    trend: Trend | None, versions: VersionPage, asked: Asked
) -> Mapping[int, float | None]:
    """The trend's metric of the versions on the page, if it reaches back to all of them."""
    if trend is None or not versions.items or f"metrics.{trend.metric}" in _values(versions):
        return {}
    found = {point.number: point.value for point in trend.points}
    return found if all(version.number in found for version in versions.items) else {}


def _lanes(view: View, record: ModelRecord, policy: JudgingPolicy | None) -> tuple[Lane, ...]:
    slots = record.model.slots
    own = [] if policy is None else [*policy.policy.stages]
    named = [] if policy is None else policy.policy.environments
    places = [slot(stage, where) for where in named for stage in (Stage.STAGING, Stage.PRODUCTION)]
    usual = [Stage.STAGING.value, *own, *sorted({*slots, *places}), Stage.PRODUCTION.value]
    names = [n for n in dict.fromkeys(usual) if n != Stage.PRODUCTION]
    wanted = ", ".join(map(str, sorted(set(slots.values()))))
    found: dict[int, FoundVersion] = {}
    if wanted:
        asked = Search(filter=f"number in ({wanted})", model=record.model.name, limit=100)
        found = {v.number: v for v in search_versions(view.reader, asked).items}
    return tuple(_lane(view, record.model.name, n, slots, found) for n in (*names, "production"))


def _lane(
    view: View,
    model_name: str,
    name: str,
    slots: Mapping[str, int],
    found: Mapping[int, FoundVersion],
) -> Lane:
    if name not in slots:
        return Lane(name)
    try:
        tenures = list_tenures(view.registry, f"{model_name}@{name}", limit=2)
    except NotFound:  # a store that was filled from elsewhere may not know since when
        tenures = ()
    is_production = name.partition("-")[0] == Stage.PRODUCTION
    may_move = may(view.caller.identity, Permission.MOVE_STAGE, model_name, name)
    can_go_back = is_production and may_move and len(tenures) > 1
    return Lane(name, found.get(slots[name]), next(iter(tenures), None), can_go_back)


def _table(reader: Reader, name: str, asked: Asked, trend: Trend | None) -> Table:
    """Return all versions that are found, with the metric of the trend as far as it is known."""
    text = asked.filter if trend is None else _naming(asked.filter, trend.metric)

    def search(cursor: str | None, limit: int = _MANY) -> VersionPage:
        wanted = asked._replace(filter=text, cursor=cursor or "")
        return search_versions(reader, _search(name, wanted, limit))

    def columns() -> tuple[str, ...]:
        search_versions(reader, _search(name, asked._replace(cursor=""), 1))  # as it was written
        return (*_COLUMNS, *_values(search(None, 1)))

    def rows() -> Iterator[tuple[Any, ...]]:
        named = columns()[len(_COLUMNS) :]
        yield from ((*_row(v), *map(v.values.get, named)) for v in each_found(search))

    return Table(f"{name}-versions", columns, rows)


def _naming(asked: str, metric: str) -> str:
    """Return a filter that finds the same and names a metric, whose values then come along."""
    field = 'metrics."' + metric.replace('"', '""') + '"'
    named = f"(has {field} or not has {field})"
    return f"({asked}) and {named}" if asked else named


def _row(v: FoundVersion) -> tuple[Any, ...]:
    stages = " ".join(f"{where}={stage}" for where, stage in v.stages.items())
    return (
        *(v.number, v.semantic_version, stages, " ".join(v.aliases), v.grade),
        *(v.created_at, v.created_by, v.sha256),
    )


ROUTES: Final = (page("/models/{name:path}", model),)
