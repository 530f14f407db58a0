"""The partitioning plan of docs/postgresql.md, run as it stands there."""

import re
from pathlib import Path
from typing import Final

import psycopg
import pytest
import sqlalchemy as sa
from support.databases import Postgres
from support.releases import SCHEMAS, everything, revive

from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.stores.metadata import postgresql

PAGE: Final = (Path(__file__).parents[2] / "docs" / "postgresql.md").read_text()

pytestmark = pytest.mark.slow

_REFUSED = (psycopg.errors.RaiseException, psycopg.errors.FeatureNotSupported)
"""By a trigger; or before it, because deliveries name events."""


def test_events_are_partitioned_without_losing_a_row_or_a_guard(
    postgres: Postgres, tmp_path: Path
) -> None:
    (plan,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert f"pg_advisory_xact_lock({postgresql.WRITERS_LOCK})" in plan
    url = postgres.empty()
    world = revive(SCHEMAS[-1], tmp_path / "world", url)
    world.registry().metadata.migrate()
    sync(world.registry())
    before, history = everything(world)[0]["event"], world.history("trimmer")
    world.close()
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(plan.encode())
        assert everything(world)[0]["event"] == before
        admin.execute("SELECT setval('event_sequence_seq', 99999999)")

        assert world.history("trimmer") == history
        world.raise_to("trimmer@3", "experiment")  # event 100,000,000 and those after it
        world.raise_to("trimmer@3", "staging")
        assert examine(world.registry()) == ()
        parts = dict(
            admin.execute(
                "SELECT tableoid::regclass::text, count(*) FROM event GROUP BY 1"
            ).fetchall()
        )
        assert parts == {"event_1": len(before) + 1, "event_2": 1}
        assert len(list_history(world.registry(), "trimmer@3")) > 2

        for table in ("event", "event_1", "event_2", "event_rest"):
            acts = (f"UPDATE {table} SET actor = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}")
            for act in acts:
                if table == "event_rest" and not act.startswith("TRUNCATE"):
                    continue  # row triggers need a row
                with pytest.raises(_REFUSED, match="immutable: a row of event|foreign key"):
                    admin.execute(act.encode())
        for sequence in (1, 100_000_001):
            with pytest.raises(psycopg.errors.UniqueViolation):
                admin.execute(
                    "INSERT INTO event OVERRIDING SYSTEM VALUE SELECT %s, at, actor, kind, model_id,"
                    " version_id, run_id, reason, before, after FROM event WHERE sequence = 1",
                    [sequence],
                )
    world.close()
