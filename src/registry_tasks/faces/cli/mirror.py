"""``registry sync`` and ``registry migrate``: finish what was left, upgrade the store."""

import typer

from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of, settings_of


def sync(context: typer.Context, json: Json = False) -> None:
    """Finish what was left: tags, dead runs, approved promotions."""
    from registry_tasks.faces.going_on import show_from_here
    from registry_tasks.registry.care.sync import sync

    done = sync(registry_of(context))
    show_from_here(settings_of(context), *done.closed)
    if json:
        told = {"closed": [each.model_dump(mode="json") for each in done.closed]}
        print_json(done._asdict() | told | {"delivered": done.delivered.model_dump()})
        return
    if done.delivered.sent or done.delivered.failed:
        print_text(f"{done.delivered.sent} events sent, {done.delivered.failed} not taken")
    print_text(f"{done.tags} Git tags written, {len(done.swept)} dead workspaces cleared away")
    for each in done.closed:
        print_text(f"request for {each.version} to {each.place}: {each.outcome}")
    if done.regraded:
        print_text(f"{len(done.regraded)} versions graded anew, whose commits were pushed")


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
