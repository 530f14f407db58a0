"""How to use a version: commands and lines of code to copy."""

from typing import NamedTuple

from registry_tasks.entities.model_version import ModelVersion


class Usage(NamedTuple):
    """What it is good for, and what to type."""

    title: str
    text: str


def commands(version: ModelVersion) -> tuple[Usage, ...]:
    """Return what to type to load, download, resolve and make a version again."""
    ref = version.ref
    load = (
        "from registry_tasks import connect\n\n"
        "registry = connect()\n"
        f'model = registry.load("{ref}")  # bytes are checked before they are read'
    )
    found = [
        Usage("Load it in Python", load),
        Usage("Download it", f"registry download {ref}"),
    ]
    if version.commit is not None:
        tag = f"{version.model}@{version.semantic_version}"
        found += [
            Usage("Make it again and compare", f"registry reproduce {ref}"),
            Usage("With Git and DVC alone", f"git checkout {tag} && dvc pull && dvc repro"),
        ]
    return tuple(found)
