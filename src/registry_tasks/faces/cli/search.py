"""``registry search``: versions, models or runs that a filter leaves, a page at a time."""

import shlex
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.search import (
    MAX_PAGE,
    FoundModel,
    FoundRun,
    FoundVersion,
    ModelPage,
    RunPage,
    Search,
    Subject,
    VersionPage,
)
from registry_tasks.faces.cli.options import Csv, Json
from registry_tasks.faces.cli.output import (
    print_csv,
    print_json,
    print_table,
    print_text,
    standing,
)
from registry_tasks.faces.cli.session import ask, road_of, settings_of
from registry_tasks.settings import Settings, is_address

if TYPE_CHECKING:
    from registry_tasks.faces.sdk.road import Road

_EXAMPLE: Final = "\"metrics.auc > 0.7 and stage = 'production'\""
What = Annotated[
    list[str] | None,
    typer.Argument(metavar="[versions|models|runs] [FILTER]", help=f"Such as {_EXAMPLE}."),
]
OrderBy = Annotated[
    str | None, typer.Option("--order-by", metavar="FIELD [desc]", help="What comes first.")
]
OfModel = Annotated[str | None, typer.Option("--model", metavar="NAME", help="Only of this model.")]
PageSize = Annotated[
    int, typer.Option("--limit", metavar="N", min=1, max=MAX_PAGE, help="How many on a page.")
]
Cursor = Annotated[
    str | None, typer.Option("--cursor", metavar="TEXT", help="Go on after a page of this search.")
]
_Page = VersionPage | ModelPage | RunPage
_Found = FoundVersion | FoundModel | FoundRun
_TITLES: Final = {
    Subject.VERSIONS: ("model", "number", "semantic", "stages", "aliases", "grade", "created", "by"),
    Subject.MODELS: ("model", "versions", "latest", "stages", "aliases", "owner", "created"),
    Subject.RUNS: ("run", "model", "status", "experiment", "version", "stages", "aliases", "started", "by"),
}  # fmt: skip
_GIVING: Final = {
    Subject.VERSIONS: ("by", "created", "semantic", "grade"),
    Subject.MODELS: ("owner", "created"),
    Subject.RUNS: ("by", "experiment", "started", "status", "model"),
}  # a registered run's model is in its version's name
_NUMBERS: Final = ("number", "versions", "latest")


def search(
    context: typer.Context,
    what: What = None,
    order_by: OrderBy = None,
    model: OfModel = None,
    limit: PageSize = 50,
    cursor: Cursor = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Search versions, models or runs: docs/search.md."""
    if json and csv:
        raise typer.BadParameter("choose one of --csv and --json")
    subject, filter_ = _read(what or [])
    if subject is Subject.MODELS and model is not None:
        raise InvalidSetting("--model", model, "models are not searched within one: name = '...'")
    asked = Search(filter=filter_, order_by=order_by, model=model, limit=limit, cursor=cursor)
    page = _search(road_of(context), subject, asked)
    if json:
        print_json(page)
        return
    named = list(page.items[0].values) if page.items else []
    rows = [(*_row(item), *(item.values[name] for name in named)) for item in page.items]
    if csv:
        print_csv((*_TITLES[subject], *named), rows)
        if page.next is not None:
            typer.echo(f"there are more: --cursor {page.next}", err=True)
        return
    _print(subject, named, rows)
    if not rows:
        unknown = _unknown(settings_of(context), subject, asked)
        print_text("nothing found", *(f"  nothing on record has {name}" for name in unknown))
    for reason, count in ({} if isinstance(page, ModelPage) else page.missed).items():
        many = f"{count:,}{' or more' if count == MAX_PAGE else ''}"
        print_text(f"not asked: {many} more have {reason}")
    if page.next is not None:
        print_text(f"more: registry search {_again(subject, asked)} --cursor {page.next}")


def facets(context: typer.Context, json: Json = False) -> None:
    """Show what a list of models can be narrowed by."""
    from registry_tasks.registry.catalogue.facets import count_facets

    found = ask(context, count_facets)
    if json:
        print_json({of: [f.model_dump(mode="json") for f in some] for of, some in found.items()})
        return
    rows = ((f.name, f.value, f.models, f.filter) for some in found.values() for f in some)
    print_table(("field", "value", "#models", "filter"), rows)


def _search(road: "Road", subject: Subject, asked: Search) -> _Page:
    from registry_tasks.registry.catalogue.search import search_models, search_runs, search_versions

    match subject:
        case Subject.MODELS:
            return road.search(search_models, asked)
        case Subject.RUNS:
            return road.search(search_runs, asked)
    return road.search(search_versions, asked)


def _unknown(settings: Settings, subject: Subject, asked: Search) -> tuple[str, ...]:
    """Name what nobody has recorded, which a server does not tell."""
    from registry_tasks.registry.catalogue.reading import Reader
    from registry_tasks.registry.catalogue.unknown_names import list_unknown_names

    if is_address(settings.store_url):
        return ()
    with closing(Reader(settings)) as reader:
        return list_unknown_names(reader, subject, asked)


def _read(words: Sequence[str]) -> tuple[Subject, str]:
    subjects = [subject.value for subject in Subject]
    subject, rest = (words[0], words[1:]) if words and words[0] in subjects else ("versions", words)
    if len(rest) > 1:
        reason = "write the whole filter as one argument, in double quotes"
        raise InvalidSetting("FILTER", " ".join(rest), reason)
    return Subject(subject), rest[0] if rest else ""


def _row(item: _Found) -> tuple[object, ...]:
    if isinstance(item, FoundModel):
        places = _told(f"{place}: {number}" for place, number in item.slots.items())
        aliases = _told(f"{name}: {number}" for name, number in item.aliases.items())
        return item.name, item.versions, item.latest, places, aliases, item.owner, item.created_at
    stages, aliases = standing(item.stages) or None, _told(item.aliases)
    if isinstance(item, FoundRun):
        run = (item.uuid, item.model, item.status, item.experiment, item.version)
        return *run, stages, aliases, item.started_at, item.started_by
    stages = "deleted" if item.deleted else stages
    version = (item.model, item.number, item.semantic_version, stages, aliases, item.grade)
    return *version, item.created_at, item.created_by


def _told(words: Iterable[str]) -> str | None:
    return ", ".join(words) or None


def _print(subject: Subject, named: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    titles = [f"#{name}" if name in _NUMBERS else name for name in _TITLES[subject]]
    numbers = {
        name
        for place, name in enumerate(named, len(titles))
        if all(isinstance(row[place], int | float | type(None)) for row in rows)
    }
    columns = (*titles, *(f"#{n}" if n in numbers else n for n in named))
    print_table(columns, rows, giving=_GIVING[subject])


def _again(subject: Subject, asked: Search) -> str:
    words = [subject.value, *([asked.filter] if asked.filter else [])]
    for option, value in (("--order-by", asked.order_by), ("--model", asked.model)):
        words += [option, value] if value is not None else []
    return shlex.join([*words, "--limit", str(asked.limit)])
