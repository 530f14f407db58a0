"""``registry show``: one page on one version, or on a model."""

from collections.abc import Iterator, Mapping

import typer

from registry_tasks.entities.drill import Looked
from registry_tasks.entities.run import Cost
from registry_tasks.entities.subject import names_version
from registry_tasks.entities.version_record import VersionRecord
from registry_tasks.faces.cli.model_page import model_page, noted, said
from registry_tasks.faces.cli.options import Json, Subject
from registry_tasks.faces.cli.output import cell, print_json, print_text, size, standing
from registry_tasks.faces.cli.reproduce import verdict
from registry_tasks.faces.cli.session import ask


def show(context: typer.Context, subject: Subject, json: Json = False) -> None:
    """Show one version: what, why, where from; or a model."""
    from registry_tasks.registry.catalogue.show import show, show_model

    if not names_version(subject):
        model = ask(context, show_model, subject)
        if json:
            print_json(model)
        else:
            print_text(*model_page(model))
        return
    record = ask(context, show, subject)
    if json:
        print_json(record)
    else:
        print_text(*_page(record))


def _page(record: VersionRecord) -> Iterator[str]:
    version = record.version
    stages, grade = standing(version.stages), f"grade {version.grade}"
    yield f"{version.ref}  {version.semantic_version}  {stages}  {grade}"
    if stone := record.tombstone:
        yield f"  DELETED {cell(stone.at)} by {stone.by}: {stone.reason}"
    if held := record.hold:
        yield f"  HELD since {cell(held.at)} by {held.by}: {held.reason}"
    if dropped := record.dropped:
        way = f"`registry remake-bytes {version.ref}` makes them again"
        yield f"  WITHOUT ITS BYTES since {cell(dropped.at)}, let go of by {dropped.by}: {way}"
    if record.drills and (last := record.drills[0]).verdict is Looked.FAILED:
        yield f"  DRILL FAILED {cell(last.at)}: {last.failure}"
    if record.description:
        yield from _indented(record.description)
    yield from said(record.profile)
    yield from lines(
        {
            "aliases": ", ".join(version.aliases),
            "tags": ", ".join(f"{key}={value}" for key, value in record.tags.items()),
            "model": f"{version.model_path} ({version.model_format}, {size(version.size_bytes)})",
            "sha256": version.sha256,
            "uuid": version.uuid,
            "created": f"{cell(version.created_at)} by {version.created_by}",
        }
    )
    yield from _why(record)
    yield from _origin(record)
    yield from pairs("metrics", record.metrics)
    yield from pairs("parameters", record.parameters)
    yield from _evidence(record)
    yield from noted(record.notes)


def _why(record: VersionRecord) -> Iterator[str]:
    yield f"\nwhy {record.version.semantic_version}"
    since = "" if record.based_on is None else f", measured against {record.based_on}"
    yield f"  {record.bump}{since}: {'; '.join(record.bump_reasons)}"
    if record.same_recipe_as is not None:
        yield f"  not deterministic: the same recipe as {record.same_recipe_as} gave other bytes"
    for reason in record.grade_reasons:
        yield f"  grade {record.version.grade}: {reason}"
    for confirmed in record.confirmations:
        yield f"  confirmed {cell(confirmed.at)} by {confirmed.by} in run {confirmed.run}"


def _origin(record: VersionRecord) -> Iterator[str]:
    run, environment, signature = record.run, record.environment, record.signature
    packages = f"{len(environment.packages)} packages" if environment.packages else ""
    yield "\nwhere from"
    yield from lines(
        {
            "run": f"{run.uuid} in experiment {run.experiment}",
            "project": run.origin.project,
            "commit": record.version.commit or "none",
            "based on": run.origin.base_commit or "",
            "uncommitted": ", ".join(run.origin.uncommitted),
            "cost": "" if run.cost is None else cost_line(run.cost),
            "environment": packages and f"Python {environment.python}, {packages}",
            "files": f"{len(record.manifest.files)}, listed by --json",
            "inputs": ", ".join(c.name for c in signature.inputs) if signature else "",
            "outputs": ", ".join(c.name for c in signature.outputs) if signature else "",
        }
    )


def cost_line(cost: Cost) -> str:
    """Say what a run took."""
    peak = size(cost.peak_memory_bytes)
    return f"{cost.duration_s:.1f} s, {cost.cpu_s:.1f} CPU s, {peak} at most"


def _evidence(record: VersionRecord) -> Iterator[str]:
    for made in record.comparisons:
        boot = made.bootstrap
        yield f"\ncompared with {made.incumbent} {cell(made.at)} by {made.by}"
        yield f"  {made.metric} {cell(boot.candidate)} against {cell(boot.incumbent)}"
        yield f"  on {made.holdout}: {boot.low:+.6g} to {boot.high:+.6g} ({100 * boot.confidence:g} %)"
    for attempt in record.attempts:
        what = "promoted" if attempt.promoted else "not promoted"
        yield f"\n{what} to {attempt.target} {cell(attempt.at)} by {attempt.by}"
        for gate in attempt.gates:
            yield f"  {gate.outcome:8} {gate.gate}: {gate.reason} (bound: {gate.bound})"
        if attempt.reason:
            yield f"  reason: {attempt.reason}"
    for reproduction in record.reproductions:
        yield f"\nreproduced {cell(reproduction.at)} by {reproduction.by}"
        yield from (f"  {line}" for line in verdict(reproduction))


def pairs(title: str, values: Mapping[str, object]) -> Iterator[str]:
    """Give a title and names with their values, if there are any."""
    if values:
        yield f"\n{title}"
        width = max(map(len, values))
        for key, value in values.items():
            yield f"  {key:{width}}  {cell(value)}"


def lines(named: dict[str, str]) -> Iterator[str]:
    """Give named facts a line each, those that there are."""
    return (f"  {name:12} {cell(value)}" for name, value in named.items() if value)


def _indented(text: str) -> Iterator[str]:
    return (f"  {line}" for line in text.splitlines())
