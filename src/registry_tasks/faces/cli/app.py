"""The ``registry`` program: put the commands together and turn what goes wrong into exit codes."""

import sys
from functools import cache
from typing import Annotated, Final

import typer

from registry_tasks.faces.cli import (
    approval,
    archive,
    backup,
    check_data,
    code,
    collect,
    compare,
    delete,
    deploy,
    describe,
    diff,
    doctor,
    download,
    drill,
    drop_bytes,
    environment,
    evaluate,
    experiments,
    export,
    history,
    hold,
    lists,
    mirror,
    move_store,
    note,
    promote,
    rebuild,
    register_file,
    reproduce,
    resolve,
    search,
    show,
    sweep,
    tag,
    trace,
    train,
    up,
)
from registry_tasks.faces.cli.access import access
from registry_tasks.faces.cli.data import data
from registry_tasks.faces.cli.deployment import deployment
from registry_tasks.faces.cli.exit_codes import DONE, INTERRUPTED, READER_GONE
from registry_tasks.faces.cli.failures import report
from registry_tasks.faces.cli.plot import plot
from registry_tasks.faces.cli.point_alias import alias
from registry_tasks.faces.cli.policy import policy
from registry_tasks.faces.cli.schema import schema
from registry_tasks.faces.cli.session import Session
from registry_tasks.faces.cli.streams import outlive_readers
from registry_tasks.faces.cli.subscription import deliver, subscription

TRAIN: Final = "Train"
LOOK: Final = "Look"
MOVE: Final = "Move"
ANNOTATE: Final = "Annotate"
CARE: Final = "Care"
SERVE: Final = "Serve"
EPILOGUE: Final = (
    "REF names a version: name@3, name@v1.2.0, name@production, name@<alias>, name@latest, a UUID "
    "or sha256:<digest>. The registry is the .registry folder of the checkout you are in, or what "
    "--store or REGISTRY_STORE say. Exit codes are in docs/cli.md."
)

app = typer.Typer(
    help="A model registry over Git, DVC and Prefect.",
    epilog=EPILOGUE,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.command(rich_help_panel=TRAIN)(train.train)
app.command(rich_help_panel=TRAIN)(train.retrain)
app.command(rich_help_panel=TRAIN)(sweep.sweep)
app.command(rich_help_panel=TRAIN)(evaluate.evaluate)
app.command("check-data", rich_help_panel=TRAIN)(check_data.check_data)
app.command(rich_help_panel=TRAIN)(reproduce.reproduce)
app.command("rebuild-run", rich_help_panel=TRAIN)(reproduce.rebuild_run)
app.command(rich_help_panel=TRAIN)(register_file.register)
app.command("register-run", rich_help_panel=TRAIN)(experiments.register_run)
app.command(rich_help_panel=LOOK)(lists.models)
app.command(rich_help_panel=LOOK)(lists.versions)
app.command(rich_help_panel=LOOK)(experiments.experiments)
app.command(rich_help_panel=LOOK)(lists.runs)
app.command(rich_help_panel=LOOK)(experiments.run)
app.command(rich_help_panel=LOOK)(sweep.sweeps)
app.command("sweep-show", rich_help_panel=LOOK)(sweep.sweep_show)
app.command(rich_help_panel=LOOK)(search.search)
app.command(rich_help_panel=LOOK)(search.facets)
app.command(rich_help_panel=LOOK)(show.show)
app.command(rich_help_panel=LOOK)(compare.compare)
app.command(rich_help_panel=LOOK)(diff.diff)
app.add_typer(plot, name="plot", rich_help_panel=LOOK)
app.command(rich_help_panel=LOOK)(note.notes)
app.command(rich_help_panel=LOOK)(history.history)
app.command(rich_help_panel=LOOK)(history.tenures)
app.command(rich_help_panel=LOOK)(drill.drills)
app.command(rich_help_panel=LOOK)(drill.risks)
app.command(rich_help_panel=LOOK)(trace.lineage)
app.command(rich_help_panel=LOOK)(code.code)
app.add_typer(policy, name="policy", rich_help_panel=LOOK)
app.add_typer(data, name="data", rich_help_panel=LOOK)
app.command(rich_help_panel=LOOK)(environment.environment)
app.command(rich_help_panel=LOOK)(resolve.resolve)
app.command(rich_help_panel=LOOK)(download.download)
app.command(rich_help_panel=MOVE)(promote.promote)
app.command(rich_help_panel=MOVE)(promote.rollback)
app.command(rich_help_panel=MOVE)(approval.approvals)
app.command(rich_help_panel=MOVE)(approval.approval)
app.command(rich_help_panel=MOVE)(approval.approve)
app.command(rich_help_panel=MOVE)(approval.reject)
app.command("approval-code", rich_help_panel=MOVE)(approval.approval_code)
app.command(rich_help_panel=MOVE)(archive.archive)
app.command(rich_help_panel=MOVE)(archive.restore)
app.command("drop-bytes", rich_help_panel=MOVE)(drop_bytes.drop_bytes)
app.command("remake-bytes", rich_help_panel=MOVE)(drop_bytes.remake_bytes)
app.command(rich_help_panel=ANNOTATE)(describe.describe)
app.command(rich_help_panel=ANNOTATE)(note.note)
app.command(rich_help_panel=ANNOTATE)(tag.tag)
app.add_typer(schema, name="schema", rich_help_panel=ANNOTATE)
app.command(rich_help_panel=MOVE)(hold.hold)
app.command(rich_help_panel=MOVE)(hold.release)
app.command(rich_help_panel=MOVE)(delete.delete)
app.add_typer(alias, name="alias", rich_help_panel=MOVE)
app.add_typer(deployment, name="deployment", rich_help_panel=MOVE)
app.command(rich_help_panel=SERVE)(up.up)
app.command(rich_help_panel=SERVE)(deploy.deploy)
app.add_typer(access, name="access", rich_help_panel=SERVE)
app.add_typer(subscription, name="subscription", rich_help_panel=SERVE)
app.command(rich_help_panel=CARE)(doctor.doctor)
app.command(rich_help_panel=CARE)(mirror.sync)
app.command(rich_help_panel=CARE)(deliver)
app.command(rich_help_panel=CARE)(backup.backup)
app.command(rich_help_panel=CARE)(backup.recover)
app.command(rich_help_panel=CARE)(collect.collect)
app.command(rich_help_panel=CARE)(drill.drill)
app.command(rich_help_panel=CARE)(mirror.migrate)
app.command(rich_help_panel=CARE)(rebuild.rebuild)
app.command("move-store", rich_help_panel=CARE)(move_store.move_store)
app.command(rich_help_panel=CARE)(export.export)
app.command("import-store", rich_help_panel=CARE)(export.import_store)


def _print_version(asked: bool) -> None:
    if asked:
        from registry_tasks import __version__
        from registry_tasks.stores.metadata.schema import REVISIONS

        typer.echo(f"{__version__} (schema {REVISIONS[-1]})")
        raise typer.Exit


Store = Annotated[
    str | None,
    typer.Option("--store", metavar="URL|FOLDER", help="Which registry; outranks the environment."),
]
Version = Annotated[
    bool,
    typer.Option(
        "--version", is_eager=True, callback=_print_version, help="Print release and schema."
    ),
]


@app.callback(invoke_without_command=True)
def start(context: typer.Context, store: Store = None, version: Version = False) -> None:
    """Register, compare, promote and reproduce models that live in Git and DVC."""
    context.obj = Session(store)
    context.call_on_close(context.obj.close)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


_put_together: Final = cache(typer.main.get_command)


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    command = _put_together(app)
    try:
        code = command.main(arguments, prog_name="registry", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - nothing is above it
        return report(error, arguments)
    if code == INTERRUPTED:  # the parser swallows Ctrl-C and says nothing
        return report(KeyboardInterrupt(), arguments)
    return code if isinstance(code, int) else DONE


def main() -> None:
    """Entry point of ``registry``."""
    output = outlive_readers()
    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.exit(READER_GONE if code == DONE and output.reader_gone else code)
