"""Resolve: which version a reference names now. The one read that must cost next to nothing."""

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import Query, bare


class Resolver:
    """Reads a SQLite store through the bare driver; keeps its connection open."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.store_url
        self._query: Query | None = None

    def resolve(self, ref: str) -> ModelVersion:
        """Return the version. Raises MalformedReference, ModelNotFound, VersionNotFound."""
        reference = Reference.parse(ref)
        if self._query is None:
            self._query = bare(self._url)
        return get_version(self._query, reference).version
