"""Facets: what a list of models can be narrowed by, and how many it would leave."""

from typing import Final

from registry_tasks.entities.search import Facet, Field
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import facets
from registry_tasks.stores.metadata.query import through

_FEW: Final = 12


def count_facets(registry: Registry) -> dict[str, tuple[Facet, ...]]:
    """Return conditions on a model's stage, owner and tags, each with how many models meet it.

    The most common ones only; each ``filter`` is one that ``search_models`` takes.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        stages = facets.count_stages(query, _FEW)
        owners = facets.count_owners(query, _FEW)
        tags = facets.count_tags(query, _FEW)
    return {
        "stage": tuple(_facet(Field("stage"), stage, count) for stage, count in stages),
        "owner": tuple(_facet(Field("owner"), owner, count) for owner, count in owners),
        "tag": tuple(_facet(Field("tags", key), value, count) for key, value, count in tags),
    }


def _facet(field: Field, value: str, count: int) -> Facet:
    quoted = value.replace("'", "''")
    return Facet(
        filter=f"{field} = '{quoted}'",
        name=field.key or field.name,
        value=value,
        models=count,
    )
