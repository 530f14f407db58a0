"""``registry doctor``: is everything as it was recorded?"""

import typer

from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_items, print_text
from registry_tasks.faces.cli.session import registry_of


def doctor(context: typer.Context, json: Json = False) -> None:
    """Check store, Git, objects and workspaces; change nothing."""
    from registry_tasks.registry.examine import examine

    findings = examine(registry_of(context))
    if json:
        print_items(findings)
    for finding in () if json else findings:
        print_text(f"{finding.where}: {finding.what}", f"  to repair: {finding.repair}")
    if findings:
        raise typer.Exit(FINDINGS)
    if not json:
        print_text("all is well")
