"""What people annotate: a model by its name, or a version by a reference."""

from registry_tasks.entities.reference import is_uuid


def names_version(text: str) -> bool:
    """Whether a text is written as a reference to a version, and not as the name of a model."""
    return "@" in text or ":" in text or is_uuid(text)
