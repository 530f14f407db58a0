"""Resolve: which version a reference names now. The one read that must cost next to nothing."""

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.stores.metadata.lookup import get_version


class Resolver(Reader):
    """Finds versions; may be called from many threads and after a fork."""

    def resolve(self, ref: str) -> ModelVersion:
        """Return the version. Raises MalformedReference, ModelNotFound, VersionNotFound."""
        reference = Reference.parse(ref)
        with self.reading() as query:
            return get_version(query, reference).version
