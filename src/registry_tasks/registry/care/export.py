"""Export: everything in the store as files in open formats, as of one instant."""

from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path

import sqlalchemy as sa

from registry_tasks.entities.export import (
    LAYOUT,
    ExportedFile,
    ExportFormat,
    ExportManifest,
    ExportStore,
    StoreExported,
)
from registry_tasks.entities.permission import Permission
from registry_tasks.registry.permit import check_permitted
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.exports.columns import LEFT_OUT, TABLES, beside, own_columns
from registry_tasks.stores.exports.folder import new_folder
from registry_tasks.stores.exports.manifest import file_name, format_of, write_manifest
from registry_tasks.stores.failures import writing
from registry_tasks.stores.metadata import copying
from registry_tasks.stores.metadata.schema import REVISIONS


def export(registry: Registry, request: ExportStore) -> StoreExported:
    """Write a new folder with a file a table; writers go on meanwhile.

    Rows pass through in small batches, however many there are. The folder appears at the end,
    whole. Objects are not in it: they stay in the remote.
    It has every row but tokens, subscriptions and their deliveries, which it counts: also those that
    no verb reads out, so it takes the right to take care of the store. Raises: NotPermitted, FolderTaken, StoreMissing, ExtraMissing, DiskFull,
    StoreReadOnly, StoreIoFailed.
    """
    check_permitted(registry, Permission.CARE)
    target, at = Path(request.folder).absolute(), datetime.now(UTC)
    with writing(target.parent), new_folder(target) as folder:
        with registry.metadata.reading_all() as connection:
            files = tuple(_write(table, connection, folder, request.format) for table in TABLES)
            left_out = {table.name: _count(table, connection) for table in LEFT_OUT}
        manifest = ExportManifest(
            layout=LAYOUT,
            schema_version=REVISIONS[-1],
            release=installed("registry-tasks"),
            format=request.format,
            exported_at=at,
            exported_by=registry.actor,
            store=registry.metadata.url,
            files=files,
            left_out=left_out,
        )
        write_manifest(folder, manifest)
    return StoreExported(
        folder=str(target),
        format=request.format,
        rows=manifest.rows,
        left_out=manifest.left_out,
        size_bytes=manifest.size_bytes,
    )


def _count(table: sa.Table, connection: sa.Connection) -> int:
    found: int = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    return found


def _write(
    table: sa.Table, connection: sa.Connection, folder: Path, form: ExportFormat
) -> ExportedFile:
    name, more, content = file_name(table.name, form), beside(table), copying.Digest(table)
    made = format_of(form).writer(folder / name, own_columns(table), more.columns)
    with closing(made) as file:
        for batch in copying.read(table, connection, more.values, more.joined):
            content.add(batch)
            file.write(batch)
        written = file.finish()
    return ExportedFile(
        table=table.name,
        file=name,
        rows=written.rows,
        size_bytes=written.size_bytes,
        sha256=written.sha256,
        checkpoints=written.checkpoints,
        content_sha256=content.content().sha256,
    )
