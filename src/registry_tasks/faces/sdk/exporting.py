"""Export: the whole store in open formats, and back."""

import os
from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.export import StoreExported, StoreImported


class Exporting(Session):
    """Takes everything out for other people's tools, and into an empty store again."""

    def export(self, folder: "str | os.PathLike[str]", *, format: str = "jsonl") -> "StoreExported":
        """Write everything in the store to a new folder, as ``jsonl`` or ``parquet``."""
        from registry_tasks.entities.export import ExportStore, format_named
        from registry_tasks.registry.care.export import export

        request = ExportStore(folder=os.fspath(folder), format=format_named(format))
        return self._ask(export, request)

    def import_store(self, folder: "str | os.PathLike[str]") -> "StoreImported":
        """Fill the store, which must be empty, from an export."""
        from registry_tasks.entities.export import ImportStore
        from registry_tasks.registry.care.import_store import import_store

        return self._ask(import_store, ImportStore(folder=os.fspath(folder)))
