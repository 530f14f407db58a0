"""Compare: put versions side by side, property by property."""

from collections.abc import Iterable, Iterator

from pydantic import JsonValue

from registry_tasks.entities.manifest import Home
from registry_tasks.entities.side_by_side import Row, SideBySide
from registry_tasks.entities.signature import Column
from registry_tasks.entities.version_record import VersionRecord
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.registry import Registry

_Properties = dict[tuple[str, str], JsonValue]


def compare(registry: Registry, refs: Iterable[str]) -> SideBySide:
    """Return every property of the versions, in the order named.

    Raises: ModelNotFound, VersionNotFound.
    """
    records = [show(registry, ref) for ref in refs]
    properties = [_properties(record) for record in records]
    names = dict.fromkeys(name for found in properties for name in found)
    order = {group: place for place, (group, _) in reversed(list(enumerate(names)))}
    rows = []
    for group, name in sorted(names, key=lambda key: order[key[0]]):
        values = tuple(found.get((group, name)) for found in properties)
        differs = any(value != values[0] for value in values)
        rows.append(Row(group=group, name=name, values=values, differs=differs))
    return SideBySide(versions=tuple(r.version.ref for r in records), rows=tuple(rows))


def _properties(record: VersionRecord) -> _Properties:
    version, found = record.version, dict[tuple[str, str], JsonValue]()
    found["version", "semantic version"] = version.semantic_version
    for environment, stage in version.stages.items():
        found["version", f"stage ({environment})"] = stage
    found["version", "aliases"] = ", ".join(version.aliases) or None
    found["version", "grade"] = version.grade
    found["version", "format"] = version.model_format
    found["version", "size_bytes"] = version.size_bytes
    found["version", "sha256"] = version.sha256
    found["version", "base commit"] = record.run.origin.base_commit
    found["version", "description"] = record.description or None
    found |= {("metrics", key): value for key, value in record.metrics.items()}
    found |= {("parameters", key): value for key, value in record.parameters.items()}
    found |= {("tags", key): value for key, value in record.tags.items()}
    if record.signature is not None:
        found |= {("signature", f"input {c.name}"): _type(c) for c in record.signature.inputs}
        found |= {("signature", f"output {c.name}"): _type(c) for c in record.signature.outputs}
    found |= {("data", path): md5 for path, md5 in _data(record)}
    found["environment", "python"] = record.environment.python
    found["environment", "platform"] = record.environment.platform
    found |= {("packages", name): number for name, number in record.environment.packages.items()}
    return found


def _data(record: VersionRecord) -> Iterator[tuple[str, str]]:
    """Everything in the remote beside the model; a folder stands for the files in it."""
    folders = tuple(f"{a.path}/" for a in record.manifest.artifacts if a.is_listing)
    for a in record.manifest.artifacts:
        is_model = a.path == record.version.model_path
        if a.own and a.home is Home.REMOTE and not is_model and not a.path.startswith(folders):
            yield a.path, a.md5


def _type(column: Column) -> str:
    return column.type + "".join(f"[{size}]" for size in column.shape)
