"""Search: versions, models, runs by what they are and came to. docs/search.md tells the language."""

from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.search import Facet, ModelPage, RunPage, VersionPage


class Searching(Session):
    """Pages of what a filter leaves; may be called from many threads."""

    def search_versions(
        self,
        filter: str = "",
        *,
        order_by: str | None = None,
        model: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> "VersionPage":
        """Return a page of versions, newest first unless ``order_by`` says otherwise.

        Deleted ones are left out unless the filter speaks of ``deleted``. ``cursor`` is the ``next``
        of the page before. Raises: InvalidFilter, InvalidCursor, ModelNotFound.
        """
        from registry_tasks.entities.search import Search
        from registry_tasks.registry.catalogue.search import search_versions

        asked = Search(filter=filter, order_by=order_by, model=model, limit=limit, cursor=cursor)
        return self._road.search(search_versions, asked)

    def search_models(
        self,
        filter: str = "",
        *,
        order_by: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> "ModelPage":
        """Return a page of models, by name unless ``order_by`` says otherwise."""
        from registry_tasks.entities.search import Search
        from registry_tasks.registry.catalogue.search import search_models

        asked = Search(filter=filter, order_by=order_by, limit=limit, cursor=cursor)
        return self._road.search(search_models, asked)

    def search_runs(
        self,
        filter: str = "",
        *,
        order_by: str | None = None,
        model: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> "RunPage":
        """Return a page of runs, registered or not, newest first unless ``order_by`` says otherwise."""
        from registry_tasks.entities.search import Search
        from registry_tasks.registry.catalogue.search import search_runs

        asked = Search(filter=filter, order_by=order_by, model=model, limit=limit, cursor=cursor)
        return self._road.search(search_runs, asked)

    def facets(self) -> "dict[str, tuple[Facet, ...]]":
        """Return what models can be narrowed by: stage, owner, tag, with how many each would leave.

        The most common ones only; each ``filter`` is one for ``search_models``.
        """
        from registry_tasks.registry.catalogue.facets import count_facets

        return self._ask(count_facets)
