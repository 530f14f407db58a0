"""A model's page: where its versions stand, how its metric went, what is said of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from fastapi import Response

from registry_tasks.entities.errors import (
    InvalidCursor,
    InvalidFilter,
    InvalidPolicy,
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
from registry_tasks.entities.stage import Stage
from registry_tasks.entities.tenure import Tenure
from registry_tasks.entities.trend import Trend
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import NOTHING, Form
from registry_tasks.faces.web.links import model_url, with_query
from registry_tasks.faces.web.reading import View, Viewing
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each_found
from registry_tasks.faces.web.trend import trend_chart
from registry_tasks.registry.catalogue.deployments import list_deployments
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_versions
from registry_tasks.registry.catalogue.show import show, show_model
from registry_tasks.registry.catalogue.tenures import list_tenures
from registry_tasks.registry.catalogue.trend import read_trend
from registry_tasks.registry.policies import policy_of, policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.access import may, movable_aliases

_PAGE: Final = 50
_MANY: Final = 1000  # of a CSV file, read at once
_TREND: Final = 200
_COLUMNS: Final = ("version", "semantic", "stages", "aliases", "grade", "created", "by", "sha256")


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
    if found := csv_of(view.request, _table(view.reader, name, asked)):
        return found
    record = show_model(view.registry, name)
    newest = record.newest[0] if record.newest else None
    whole = None if newest is None else show(view.registry, newest.ref)
    metrics = [] if whole is None else [*whole.metrics]
    policy, why = policy_here(view.registry, None if whole is None else whole.run, name)
    trend = _trend(view.registry, name, asked.metric, policy, metrics)
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
        return None, "The server has no checkout of the project at hand: it cannot read the policy."
    try:
        is_ours = run is None or run.origin.repository
        return (policy_over if is_ours else policy_of)(registry, name), ""
    except (InvalidPolicy, PolicyElsewhere) as error:
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
    found = dict.fromkeys(key for item in versions.items for key in item.values)
    return tuple(key for key in found if key not in usual)


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
    usual = [Stage.STAGING.value, *own, *sorted(slots), Stage.PRODUCTION.value]
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


def _table(reader: Reader, name: str, asked: Asked) -> Table:
    return Table(f"{name}-versions", _COLUMNS, lambda: _rows(reader, name, asked))


def _rows(reader: Reader, name: str, asked: Asked) -> Iterator[tuple[Any, ...]]:
    def search(cursor: str | None) -> VersionPage:
        return search_versions(reader, _search(name, asked._replace(cursor=cursor or ""), _MANY))

    for v in each_found(search):
        stages = " ".join(f"{where}={stage}" for where, stage in v.stages.items())
        yield (
            *(v.number, v.semantic_version, stages, " ".join(v.aliases), v.grade),
            *(v.created_at, v.created_by, v.sha256),
        )


ROUTES: Final = (page("/models/{name:path}", model),)
