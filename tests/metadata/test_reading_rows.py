"""Whole rows are the same by the bare driver as by SQLAlchemy."""

import sqlalchemy as sa
from support.world import World

from registry_tasks.stores.metadata import runs, tables as t, versions


def test_rows_of_a_run_and_a_version_are_what_sqlalchemy_reads(world: World) -> None:
    version = world.version(1)
    with world.registry().metadata.reading() as connection:
        run = connection.execute(sa.select(t.run).where(t.run.c.uuid == version.run)).one()
        of_version = sa.select(t.version).where(t.version.c.uuid == version.uuid)
        wanted = connection.execute(of_version).one()
        assert tuple(runs.get_row(connection, version.run)) == tuple(run)
        row = versions.read_row(connection, wanted.id)
        assert tuple(row) == tuple(wanted)
        assert (row.created_at, row.grade_reasons) == (wanted.created_at, wanted.grade_reasons)
