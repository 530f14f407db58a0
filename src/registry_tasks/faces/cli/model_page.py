"""One page on one model, and what people say, which pages of versions show as well."""

from collections.abc import Iterator

from registry_tasks.entities.model_record import ModelRecord
from registry_tasks.entities.profile import Note, Profile
from registry_tasks.faces.cli.note import lines_of
from registry_tasks.faces.cli.output import cell, standing


def model_page(record: ModelRecord) -> Iterator[str]:
    """Give the lines of a model's page."""
    model = record.model
    yield f"{model.name}  {model.versions} versions"
    if record.profile.description:
        yield from (f"  {line}" for line in record.profile.description.splitlines())
    yield from said(record.profile)
    tags = ", ".join(f"{key}={value}" for key, value in record.tags.items())
    schema = "documents are held to one: registry schema show " + model.name
    lines = {
        "tags": tags,
        "schema": "" if record.json_schema is None else schema,
        "created": cell(model.created_at),
    }
    yield from (f"  {name:12} {cell(value)}" for name, value in lines.items() if value)
    for title, places in (("stages", model.slots), ("aliases", model.aliases)):
        if places:
            yield f"\n{title}"
            width = max(map(len, places))
            yield from (f"  {name:{width}}  {model.name}@{n}" for name, n in places.items())
    if record.newest:
        yield "\nnewest versions"
    for version in record.newest:
        names = ", ".join([standing(version.stages), *version.aliases])
        made = f"{cell(version.created_at)} by {version.created_by}"
        named = f"{version.number:>6}  {version.semantic_version:10} {version.grade}"
        yield f"  {named}  {names}  {made}"
    yield from noted(record.notes)


def said(profile: Profile) -> Iterator[str]:
    """Give what a profile says beside the description."""
    lines = {
        "purpose": profile.purpose,
        "owner": profile.owner,
        "team": profile.team,
        "related": ", ".join(profile.related),
        "links": " ".join(profile.links),
        "document": profile.document or "",
    }
    yield from (f"  {name:12} {cell(value)}" for name, value in lines.items() if value)


def noted(notes: tuple[Note, ...]) -> Iterator[str]:
    """Give the newest notes."""
    if notes:
        yield "\nnotes"
    for note in notes:
        yield from (f"  {line}" for line in lines_of(note))
