"""``registry sync`` and ``registry migrate``: finish what was left, upgrade the store."""

import typer

from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of


def sync(context: typer.Context, json: Json = False) -> None:
    """Write queued Git tags and clear away what dead runs left."""
    from registry_tasks.registry.catalogue.confirm_pushed import confirm_pushed
    from registry_tasks.registry.experiments.train import tidy_up
    from registry_tasks.registry.ledger.mirror import sync

    registry = registry_of(context)
    tags, swept, regraded = sync(registry), tidy_up(registry), confirm_pushed(registry)
    if json:
        print_json({"tags": tags, "swept": list(swept), "regraded": list(regraded)})
        return
    print_text(f"{tags} Git tags written, {len(swept)} dead workspaces cleared away")
    if regraded:
        print_text(f"{len(regraded)} versions graded anew, whose commits were pushed")


def migrate(context: typer.Context, json: Json = False) -> None:
    """Bring the store to the schema of this release."""
    from registry_tasks.registry.care.migrate import migrate
    from registry_tasks.stores.metadata.schema import REVISIONS

    registry = registry_of(context)
    migrate(registry)
    if json:
        print_json({"store": registry.metadata.url, "schema": REVISIONS[-1]})
    else:
        print_text(f"{registry.metadata.url} has schema {REVISIONS[-1]}")
