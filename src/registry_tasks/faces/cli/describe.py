"""``registry describe``: say what a version or a model is, what for, whose."""

from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.subject import names_version
from registry_tasks.faces.cli.options import Json, Key, Subject, read_object
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import ask

Words = Annotated[str | None, typer.Argument(metavar="[TEXT]", help="The new description.")]
Purpose = Annotated[str | None, typer.Option("--purpose", metavar="TEXT", help="What it is for.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who answers for it.")]
Team = Annotated[str | None, typer.Option("--team", metavar="NAME", help="Whose it is.")]
Related = Annotated[
    list[str] | None,
    typer.Option("--related", metavar="MODEL", help="All related models; repeatable, '' for none."),
]
Links = Annotated[
    list[str] | None,
    typer.Option("--link", metavar="URL", help="All links; repeatable, '' for none."),
]
DocumentFile = Annotated[
    Path | None,
    typer.Option("--document", metavar="FILE", help="Structured metadata, an object of JSON."),
]


def describe(
    context: typer.Context,
    subject: Subject,
    text: Words = None,
    purpose: Purpose = None,
    owner: Owner = None,
    team: Team = None,
    related: Related = None,
    link: Links = None,
    document: DocumentFile = None,
    key: Key = None,
    json: Json = False,
) -> None:
    """Change what is said of a version or a model."""
    from registry_tasks.entities.annotation import Describe, DescribeModel
    from registry_tasks.registry.catalogue.describe import describe, describe_model

    changes = {
        "text": text,
        "purpose": purpose,
        "owner": owner,
        "team": team,
        "related": _all_of(related),
        "links": _all_of(link),
        "document": None if document is None else read_object("--document", document),
        "key": key,
    }
    told: ModelVersion | RegisteredModel
    if names_version(subject):
        asked = Describe.model_validate({"ref": subject, **changes})
        told = ask(context, describe, asked)
    else:
        of_model = DescribeModel.model_validate({"model": subject, **changes})
        told = ask(context, describe_model, of_model)
    if json:
        print_json(told)
    else:
        print_text(f"described {subject if isinstance(told, RegisteredModel) else told.ref}")


def _all_of(values: list[str] | None) -> tuple[str, ...] | None:
    """An empty list of options means that none was given: so one empty text means none."""
    if not values:
        return None
    return () if values == [""] else tuple(values)
