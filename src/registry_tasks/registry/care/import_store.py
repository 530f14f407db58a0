"""Import: what an export holds, into an empty store, SQLite or PostgreSQL."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.errors import ExportDamaged
from registry_tasks.entities.export import ExportedFile, ExportManifest, ImportStore, StoreImported
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.exports.columns import TABLES, beside, own_columns
from registry_tasks.stores.exports.files import Malformed, Numbered
from registry_tasks.stores.exports.manifest import check_files, damaged, format_of, read_manifest
from registry_tasks.stores.metadata.copying import Content, Digest, Receiver
from registry_tasks.stores.metadata.store import Transaction

_BATCH: Final = 100


def import_store(registry: Registry, request: ImportStore) -> StoreImported:
    """Fill the store, which must be empty or not there, and prove that all rows are the same.

    Every file is hashed before anything is written, and all is one transaction. Objects come from
    the remote, as before. Raises: NotAnExport, ExportDamaged, ExportNewer, ExportOlder,
    StoreNotEmpty, ExtraMissing, CopyDiffers.
    """
    folder = Path(request.folder).absolute()
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    with registry.metadata.receiving(registry.actor) as tx:
        _fill(tx, folder, manifest)
        tx.commit()
    return StoreImported(
        folder=str(folder),
        store=registry.metadata.url,
        exported_at=manifest.exported_at,
        rows=manifest.rows,
        left_out=manifest.left_out,
    )


def _fill(tx: Transaction, folder: Path, manifest: ExportManifest) -> None:
    receiver = Receiver(tx.connection)
    expected = {}
    for table, file in zip(TABLES, manifest.files, strict=True):
        content = Digest(table)
        for rows in _batches(table, folder, file, manifest):
            content.add(row.row for row in rows)
            try:
                receiver.write(table, [row.row for row in rows])
            except (sa.exc.IntegrityError, sa.exc.DataError) as error:
                where = f"{format_of(manifest.format).place}s {rows[0].place} to {rows[-1].place}"
                raise ExportDamaged(file.file, where, str(error.orig)) from error
        expected[table.name] = Content(file.rows, file.content_sha256)
        if content.content() != expected[table.name]:
            raise ExportDamaged(file.file, "", "its rows are not those that the manifest tells of")
    receiver.finish(expected)


def _batches(
    table: sa.Table, folder: Path, file: ExportedFile, manifest: ExportManifest
) -> Iterator[tuple[Numbered, ...]]:
    """Give rows, few at a time, for each may be long. Raises ExportDamaged."""
    own, more = own_columns(table), beside(table).columns
    rows = format_of(manifest.format).rows(folder / file.file, own, more)
    try:
        while some := tuple(islice(rows, _BATCH)):
            yield some
    except Malformed as error:
        raise damaged(file.file, manifest.format, error) from error
