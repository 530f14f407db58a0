"""How to use a version: commands and lines of code to copy."""

from typing import Final, NamedTuple

from registry_tasks.entities.model_version import ModelVersion

LOADED: Final = ("lightgbm", "skops")
"""Formats that are loaded as they are; what may run code of its maker's is for who asks for it."""


class Usage(NamedTuple):
    """What it is good for, and what to type."""

    title: str
    text: str


def commands(version: ModelVersion) -> tuple[Usage, ...]:
    """Return what to type to load, download, resolve and make a version again."""
    ref = version.ref
    found = [
        Usage(
            "Load it in Python" if version.model_format in LOADED else "Use it in Python",
            _python(version),
        ),
        Usage("Download it", f"registry download {ref}"),
    ]
    if version.commit is not None:
        tag = f"{version.model}@{version.semantic_version}"
        found += [
            Usage("Make it again and compare", f"registry reproduce {ref}"),
            Usage("With Git and DVC alone", f"git checkout {tag} && dvc pull && dvc repro"),
        ]
    return tuple(found)


def _python(version: ModelVersion) -> str:
    if version.model_format in LOADED:
        use = f'model = registry.load("{version.ref}")  # bytes are checked before they are read'
    else:
        kind = "" if version.model_format == "file" else f"{version.model_format} "
        use = f'path = registry.download("{version.ref}")  # the {kind}file, checked'
    return f"from registry_tasks import connect\n\nregistry = connect()\n{use}"
