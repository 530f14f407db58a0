"""The main job on real data: a year of flights, a retraining a month, and what became of it.

Run by `make demo`. Everything it makes lies in .registry/, .dvc/cache and under Git refs and tags
of its own; `make clean-demo` takes it away.
"""

import logging
import os
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.status import Status
from rich.table import Table

from registry_tasks import connect
from registry_tasks.entities.retraining import Retraining
from registry_tasks.entities.version_record import VersionRecord
from registry_tasks.faces.prefect_server import prefect_server
from registry_tasks.faces.sdk.client import Client
from registry_tasks.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
MODEL = "flight-delay"
EXPERIMENT = "demo"
YEAR = [f"2013-{month:02}" for month in range(1, 13)]
HEADINGS = ("number", "version", "stage", "holdout", "AUC", "against production", "verdict")
WINDOW = 3  # months to train on; the next one is the holdout


def main() -> None:
    """Walk through the year, archive, reproduce, and tell what to look at."""
    began = time.monotonic()
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 140
    console.print(f"[bold]{MODEL}[/]: every month of 2013 a new model on the three months before")
    os.chdir(PROJECT)
    sys.path.insert(0, str(PROJECT / "flows"))  # as for `python flows/retrain.py`
    os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "ERROR"  # the progress is below
    with console.status("starting Prefect") as status, prefect_server(Settings.load()):
        from archive import archive
        from reproduce import reproduce
        from retrain import retrain

        logging.getLogger("prefect").addHandler(Follow(status))
        holdouts = YEAR[WINDOW:]
        for done, holdout in enumerate(holdouts):
            started = time.monotonic()
            months = YEAR[done : done + WINDOW]
            made = retrain(
                MODEL,
                parameters={"data.months": months, "data.holdout": holdout},
                experiment=EXPERIMENT,
            )
            took = time.monotonic() - started
            left = f", about {(len(holdouts) - done - 1) * took:.0f} s of training left"
            console.print(
                f"{done + 1:2}/{len(holdouts)}  tested on {holdout}  {outcome(made)}"
                f"  [dim]{took:.0f} s{left if done + 1 < len(holdouts) else ''}[/]"
            )
        moved = archive(MODEL)
        archived = ", ".join(move.ref for move in moved.moves)
        console.print(f"archived by policy: {archived or 'nothing new'}")
        console.print(f"reproducing {MODEL}@production in a fresh clone, every stage run again")
        verdict = reproduce(f"{MODEL}@production")
    console.print(
        f"{verdict.version}: [bold]{verdict.verdict}[/], {verdict.outputs} files compared by "
        f"SHA-256, {verdict.duration_s:.0f} s"
    )
    with connect() as registry:
        model = registry.resolve(verdict.version)
        told = "recorded and rebuilt" if verdict.verdict == "identical" else "recorded"
        console.print(f"{model.model_path}: sha256 {model.sha256} {told}")
        console.print(versions_table(registry))
    console.print(NEXT)
    console.print(f"[dim]{time.monotonic() - began:.0f} s in all[/]")
    if verdict.verdict != "identical":
        raise SystemExit(f"{verdict.version} could not be reproduced: {verdict.differences}")


def outcome(made: Retraining) -> str:
    """Say in a few words what a retraining came to."""
    version = made.registration.version
    name = f"[bold]{version.ref}[/] {version.semantic_version}"
    if not made.registration.created:
        return f"{name} confirmed: same recipe, same bytes"
    if made.refusal is None:
        return f"{name} [green]promoted to {made.reached[-1]}[/]"
    difference = "" if made.comparison is None else f" {made.comparison.bootstrap.difference:+.4f}"
    return f"{name} [yellow]refused for production[/]{difference}"


def versions_table(registry: Client) -> Table:
    """Every version with its holdout month, and what the gates said."""
    table = Table(title=f"{MODEL}: what the year made", title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading)
    for version in reversed(registry.versions(MODEL)):
        record = registry.show(version.ref)
        table.add_row(
            str(version.number),
            version.semantic_version,
            ", ".join((version.stage, *version.aliases)),
            str(record.parameters["data.holdout"]),
            f"{record.metrics['auc']:.4f}",
            against(record),
            verdict(record),
        )
    return table


def against(record: VersionRecord) -> str:
    """The difference to the version in production then, with its 95 % interval."""
    if not record.comparisons:
        return "nobody there yet"
    boot = record.comparisons[-1].bootstrap
    return f"{boot.difference:+.4f} ({boot.low:+.4f} to {boot.high:+.4f})"


def verdict(record: VersionRecord) -> str:
    """How far the gates let it rise, and whether it was reproduced."""
    risen = [attempt for attempt in record.attempts if attempt.target == "production"]
    told = "promoted" if risen and risen[0].promoted else "not asked"
    if risen and not risen[0].promoted:
        failed = [gate.gate for gate in risen[0].gates if gate.outcome != "passed"]
        told = f"refused by {', '.join(failed)}"
    rebuilt = [f"reproduced {r.verdict}" for r in record.reproductions[:1]]
    return "; ".join([told, *rebuilt])


class Follow(logging.Handler):
    """Shows what runs now: Prefect's task logs, one line at a time."""

    def __init__(self, status: Status) -> None:
        super().__init__(logging.INFO)
        self._status = status

    def emit(self, record: logging.LogRecord) -> None:
        """Show the name of the task that logged."""
        if task := getattr(record, "task_run_name", None):
            self._status.update(f"running {task}")


NEXT = f"""
What to look at next (first `source .venv/bin/activate`):
  registry show {MODEL}@production           what it is, why this number, what the gates measured
  registry compare {MODEL}@1 {MODEL}@latest  only what differs
  registry history {MODEL}                   who moved what, when and why
  registry lineage {MODEL}@production        from the raw months to the version
  gto show {MODEL}                           the same stages, read by GTO from the Git tags
  git checkout {MODEL}@v1.0.0 && dvc pull && dvc repro
                                                  any version, with nothing but Git and DVC
  registry up                                     the same in a dashboard: http://127.0.0.1:8350
  make clean-demo                                 take all of it away again
"""


if __name__ == "__main__":
    main()
