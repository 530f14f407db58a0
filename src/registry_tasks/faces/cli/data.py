"""``registry data``: what data models were made from, what people say of it, who read it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from registry_tasks.entities.dataset_record import DatasetRecord, DatasetState, DatasetUser
from registry_tasks.faces.cli.options import Json, Key, Limit
from registry_tasks.faces.cli.output import (
    cell,
    print_items,
    print_json,
    print_table,
    print_text,
    size,
    standing,
)
from registry_tasks.faces.cli.session import ask

Name = Annotated[str, typer.Argument(metavar="NAME", help="Data by its path in the project.")]
NameOrState = Annotated[
    str, typer.Argument(metavar="NAME[@MD5]", help="Data, in its newest state or another.")
]
State = Annotated[
    str, typer.Argument(metavar="NAME@MD5|md5:HASH", help="One state of data, by content hash.")
]
After = Annotated[str, typer.Option("--after", metavar="NAME", help="Go on after this name.")]
BeforeState = Annotated[
    str | None, typer.Option("--before", metavar="MD5", help="Go on below this state.")
]
BeforeRun = Annotated[
    str | None, typer.Option("--before", metavar="RUN", help="Go on below this run.")
]
Owner = Annotated[str | None, typer.Option("--owner", help="Who answers for it.")]
Level = Annotated[
    str | None,
    typer.Option("--sensitivity", help="public, internal, confidential or restricted."),
]
RetainUntil = Annotated[
    str | None, typer.Option("--retain-until", metavar="DATE", help="The last day to keep it.")
]
Source = Annotated[str | None, typer.Option("--source", help="From where it comes.")]
Words = Annotated[str | None, typer.Option("--description", help="What it is.")]

data = typer.Typer(
    help="List and describe data, and find who read it.",
    pretty_exceptions_enable=False,
)


@data.command("list")
def list_(context: typer.Context, after: After = "", limit: Limit = 50, json: Json = False) -> None:
    """List all data that runs have read, by name."""
    from registry_tasks.registry.catalogue.datasets import list_datasets

    found = ask(context, list_datasets, after=after, limit=limit)
    if json:
        print_items(found)
        return
    rows = (
        (d.name, d.newest.md5, d.newest.rows, size(d.newest.size_bytes), d.owner or "-")
        + (d.sensitivity or "-", _count(d.versions, d.more_versions))
        for d in found
    )
    columns = ("data", "newest state", "#rows", "#size", "owner", "sensitivity", "#versions")
    print_table(columns, rows, giving=("sensitivity", "owner", "versions", "rows", "size"))
    if len(found) == limit:
        print_text(f"more: registry data list --after {found[-1].name}")


@data.command()
def show(context: typer.Context, name: NameOrState, json: Json = False) -> None:
    """Show what is known of data: its columns, its source, what people say of it."""
    from registry_tasks.registry.catalogue.datasets import show_dataset

    record = ask(context, show_dataset, name)
    if json:
        print_json(record)
    else:
        print_text(*_page(record))


@data.command()
def versions(
    context: typer.Context,
    name: Name,
    before: BeforeState = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List every state of data by content hash, the newest first."""
    from registry_tasks.registry.catalogue.datasets import list_dataset_states

    found = ask(context, list_dataset_states, name, before=before, limit=limit)
    if json:
        print_items(found)
        return
    print_table(
        ("state", "#rows", "#size", "#files", "first used", "last used"),
        ((s.md5, s.rows, size(s.size_bytes), s.files, s.first_used, s.last_used) for s in found),
        giving=("files", "first used", "rows", "last used", "size"),
    )
    if len(found) == limit:
        print_text(f"older ones: registry data versions {name} --before {found[-1].md5}")


@data.command()
def uses(
    context: typer.Context,
    state: State,
    before: BeforeRun = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List the runs that read a state of data, their DVC stages and versions."""
    from registry_tasks.registry.catalogue.datasets import list_dataset_users

    found = ask(context, list_dataset_users, state, before=before, limit=limit)
    if json:
        print_items(found)
        return
    print_table(
        ("run", "status", "started", "version", "grade", "stage", "deployed", "read by DVC stage"),
        (_row(user) for user in found),
        giving=("read by DVC stage", "deployed", "started", "status", "grade"),
    )
    if len(found) == limit:
        print_text(f"older ones: registry data uses {state} --before {found[-1].run}")


@data.command()
def describe(
    context: typer.Context,
    name: Name,
    owner: Owner = None,
    sensitivity: Level = None,
    retain_until: RetainUntil = None,
    source: Source = None,
    description: Words = None,
    key: Key = None,
    json: Json = False,
) -> None:
    """Say what data is and who answers for it; an empty text takes something away."""
    from registry_tasks.entities.dataset_record import DescribeDataset
    from registry_tasks.registry.catalogue.datasets import describe_dataset

    request = DescribeDataset.model_validate(
        {
            "name": name,
            "owner": owner,
            "sensitivity": sensitivity,
            "retain_until": retain_until,
            "source": source,
            "description": description,
            "key": key,
        }
    )
    described = ask(context, describe_dataset, request)
    if json:
        print_json(described)
    else:
        print_text(f"described {described.name}")


def _row(user: DatasetUser) -> tuple[object, ...]:
    readers = dict.fromkeys(reading.stage for reading in user.readings)
    version = user.version or "-"
    return (
        *(user.run, user.status, user.started_at, version, user.grade or "-"),
        "deleted" if user.deleted else standing(user.stages) or "-",
        ", ".join(user.deployments) or "-",
        ", ".join(filter(None, readers)) or "-",
    )


def _page(record: DatasetRecord) -> Iterator[str]:
    yield f"{record.name}@{record.state.md5}"
    if record.profile.description:
        yield from (f"  {line}" for line in record.profile.description.splitlines())
    yield from (
        f"  {name:13} {cell(value)}" for name, value in _facts(record).items() if value != ""
    )
    if record.columns:
        yield "\ncolumns"
        width = max(len(cell(column.name)) for column in record.columns)
        yield from (f"  {cell(column.name):{width}}  {column.type}" for column in record.columns)
    if record.history:
        yield "\nsaid"
        for change in record.history:
            yield f"  {cell(change.at)} {change.by}: {cell(change.after)}"


def _facts(record: DatasetRecord) -> dict[str, object]:
    state, profile = record.state, record.profile
    return {
        **_extent(state),
        "note": record.note,
        "source": record.source,
        "owner": profile.owner,
        "sensitivity": profile.sensitivity,
        "retain until": "" if profile.retain_until is None else str(profile.retain_until),
        "used": f"{cell(state.first_used)} to {cell(state.last_used)}",
        "states": record.states,
        "versions": _count(record.versions, record.more_versions),
    }


def _count(versions: int, more: bool) -> str:
    return f"{versions}{'+' if more else ''}"


def _extent(state: DatasetState) -> dict[str, object]:
    return {
        "format": state.format,
        "rows": "" if state.rows is None else state.rows,
        "size": f"{size(state.size_bytes)} in {state.files} file{'s'[: state.files != 1]}",
    }
