"""How many models share an owner, a tag or a stage: what a list of models can be narrowed by."""

from registry_tasks.stores.metadata.query import Query


def count_owners(query: Query, limit: int) -> list[tuple[str, int]]:
    """Return owners with how many models they have, the most first."""
    counted = (
        "SELECT owner, count(*) FROM model GROUP BY owner ORDER BY count(*) DESC, owner LIMIT ?"
    )
    return [(owner, count) for owner, count in query(counted, (limit,))]


def count_tags(query: Query, limit: int) -> list[tuple[str, str, int]]:
    """Return tags, key and value, with how many models have them, the most first."""
    counted = (
        "SELECT key, value, count(*) FROM model_tag GROUP BY key, value"
        " ORDER BY count(*) DESC, key, value LIMIT ?"
    )
    return [(key, value, count) for key, value, count in query(counted, (limit,))]


def count_stages(query: Query, limit: int) -> list[tuple[str, int]]:
    """Return stages with one place and how many models have a version there, in any environment."""
    counted = (  # by model, for which there is an index of few rows; versions are many
        "SELECT a.stage, count(DISTINCT a.model_id) FROM model m CROSS JOIN stage_assignment a"
        " WHERE a.model_id = m.id AND a.single GROUP BY a.stage ORDER BY a.stage LIMIT ?"
    )
    return [(stage, count) for stage, count in query(counted, (limit,))]
