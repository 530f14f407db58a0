"""Tenures: which version a stage or an alias named, from when to when."""

from collections.abc import Iterator

from registry_tasks.entities.errors import InvalidSetting, VersionNotFound
from registry_tasks.entities.reference import Reference, ReferenceKind
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.entities.tenure import Tenure
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.stages import is_single
from registry_tasks.stores.metadata import tenures
from registry_tasks.stores.metadata.events import alias_label, place_label
from registry_tasks.stores.metadata.models import get_model


def list_tenures(
    registry: Registry, ref: str, *, before: int | None = None, limit: int = 100
) -> tuple[Tenure, ...]:
    """Return the versions that ``name@production`` or ``name@<alias>`` has named, newest first.

    ``before`` is the sequence of one to go on from. Raises: MalformedReference,
    InvalidSetting if it is neither stage nor alias, ModelNotFound, VersionNotFound if it has never
    named any.
    """
    reference = Reference.parse(ref)
    if reference.kind is not ReferenceKind.LABEL or reference.model is None:
        raise InvalidSetting("MODEL@NAME", ref, "name a stage or an alias, as in mower@production")
    model = reference.model
    with registry.metadata.reading() as connection:
        model_id = get_model(connection, model)
        for label in _labels(reference.value):
            if tenures.has_named(connection, model_id, label):
                return tenures.list_tenures(
                    connection, model, model_id, label, before=before, limit=limit
                )
    raise VersionNotFound(str(reference), "it has never named a version")


def _labels(value: str) -> Iterator[str]:
    """Give what a name may mean in the order of ``resolve``: ``production-eu`` is many things."""
    parts = value.split("-")
    if is_single(value):
        yield place_label(value, DEFAULT_ENVIRONMENT)
    for i in range(1, len(parts)):
        stage = "-".join(parts[:i])
        if is_single(stage):
            yield place_label(stage, "-".join(parts[i:]))
    yield alias_label(value)
