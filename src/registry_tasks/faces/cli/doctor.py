"""``registry doctor``: is everything as it was recorded, and what puts it right?"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer

from registry_tasks.entities.finding import Finding, Outcome
from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_items, print_text
from registry_tasks.faces.cli.session import registry_of

_MANY: Final = 100  # fewer are read before anybody wonders
Show = Callable[[str, int, int], None]
Repair = Annotated[
    bool, typer.Option("--repair", help="Mend what is safe; say what a person has to do.")
]
From = Annotated[
    list[str] | None,
    typer.Option(
        "--from",
        metavar="FOLDER",
        help="Where lost bytes may be: a backup, another remote (also s3://...), a clone; repeatable.",
    ),
]
Quick = Annotated[
    bool, typer.Option("--quick", help="Look at presence and sizes; read and hash nothing.")
]
Sample = Annotated[
    int | None,
    typer.Option(
        "--sample",
        min=1,
        metavar="N",
        help="Look at presence and sizes of all, and hash N things of each place by chance.",
    ),
]


def doctor(
    context: typer.Context,
    repair: Repair = False,
    from_: From = None,
    quick: Quick = False,
    sample: Sample = None,
    json: Json = False,
) -> None:
    """Check store, Git, objects and caches against each other.

    Nothing is changed without --repair, and every byte is read back and hashed without --quick or
    --sample.
    """
    from registry_tasks.registry.care.doctor.proving import Reach
    from registry_tasks.registry.care.doctor.spares import find_spares
    from registry_tasks.registry.care.examine import examine
    from registry_tasks.registry.care.repair import repair as mend

    if quick and sample is not None:
        raise typer.BadParameter("--quick hashes nothing, --sample N does: give one of them")
    registry = registry_of(context)
    spares = find_spares(registry.settings, from_ or ())
    with _progress() as progress:
        reach = Reach(sample=0 if quick else sample, progress=progress)
        findings = (mend if repair else examine)(registry, reach, spares)
    if json:
        print_items(findings)
    else:
        print_text(*(line for finding in findings for line in _lines(finding)), _verdict(findings))
    if any(is_alarm(finding) for finding in findings):
        raise typer.Exit(FINDINGS)


def is_alarm(finding: Finding) -> bool:
    """Whether somebody has to look: it does harm, and it is still there."""
    return not finding.note and finding.outcome is not Outcome.MENDED


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.where}: {finding.what}"
    if finding.outcome is Outcome.MENDED:
        yield "  mended"
        return
    if finding.outcome is Outcome.NOT_MENDED:
        yield f"  not mended, {finding.reason}"
    yield f"  to repair: {finding.repair}"
    if finding.advice:
        yield f"    {finding.advice}"
    by_doctor = finding.repairable and not finding.repair.startswith("registry doctor")
    if finding.outcome is None and by_doctor:
        yield "  or: registry doctor --repair"


def _verdict(findings: tuple[Finding, ...]) -> str:
    alarms = sum(is_alarm(finding) for finding in findings)
    mended = sum(finding.outcome is Outcome.MENDED for finding in findings)
    notes = sum(finding.note for finding in findings)
    told = [f"{mended} mended"] if mended else []
    told += [f"{alarms} to look at"] if alarms else []
    told += [f"{notes} only told, no alarm"] if notes else []
    return ", ".join(told) or "all is well"


@contextmanager
def _progress() -> Iterator[Show | None]:
    """Show on a terminal how far it is; nothing of it goes into what is printed."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        shown: dict[str, TaskID] = {}

        def show(what: str, count: int, total: int) -> None:
            if total >= _MANY:
                if what not in shown:
                    shown[what] = bars.add_task(what, total=total)
                bars.update(shown[what], completed=count)

        yield show
