"""A store that was filled by SQL is one that the verbs and the database itself find nothing wrong with."""

import pytest
import sqlalchemy as sa
from filling import Filler, Share
from support.replay import replay
from support.world import MODEL, World

from registry_tasks.entities.registration import RegisterFile
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import list_history, list_models, list_versions, show
from registry_tasks.stores.metadata import tables as t

pytestmark = pytest.mark.slow

COUNT = 40


@pytest.fixture
def filled(world: World) -> World:
    """Five versions of the model by verbs, one once in production, then copies of two of them."""
    for number in range(1, 6):
        world.version(number)
    world.raise_to(f"{MODEL}@1", "staging", "production", "experiment")
    plain, served = (world.resolve(f"{MODEL}@{number}").uuid for number in (3, 1))
    sources = {plain: Share(2, (1,)), served: Share(2)}
    world.close()
    filler = Filler(world.store_url)
    filler.add(sources, MODEL, COUNT)
    filler.add({plain: Share()}, "another", COUNT)
    filler.close()
    return world


def test_every_model_has_its_numbers(filled: World) -> None:
    counted = {m.name: m.versions for m in list_models(filled.registry())}
    assert counted == {MODEL: 5 + COUNT, "another": COUNT}
    for model, count in counted.items():
        found = list_versions(filled.registry(), model, limit=1000)
        assert [v.number for v in found] == list(range(count, 0, -1))
        assert len({v.sha256 for v in found} | {v.uuid for v in found}) == 2 * count


def test_the_history_leads_to_where_the_versions_are(filled: World) -> None:
    for model in (MODEL, "another"):
        history = list_history(filled.registry(), model, limit=10_000)
        versions = list_versions(filled.registry(), model, limit=1000)
        assert replay(reversed(history)) == {v.number: v.stage for v in versions}


def test_a_copy_has_a_whole_record(filled: World) -> None:
    original, copy = (show(filled.registry(), f"{MODEL}@{n}") for n in (3, 7))
    assert copy.metrics == original.metrics
    assert copy.parameters == original.parameters
    assert copy.manifest.artifacts[0].sha256 == copy.version.sha256
    assert len(show(filled.registry(), f"{MODEL}@6").attempts) == 3


def test_no_row_refers_to_none(filled: World) -> None:
    with filled.registry().metadata.reading() as connection:
        for table in t.metadata.sorted_tables:
            for key in table.foreign_keys:
                target = key.column.table.alias()
                lost = (
                    sa.select(sa.func.count())
                    .select_from(table.outerjoin(target, key.parent == target.c[key.column.name]))
                    .where(key.parent.is_not(None), target.c[key.column.name].is_(None))
                )
                assert connection.execute(lost).scalar_one() == 0, key


def test_ids_rise_with_numbers(filled: World) -> None:
    v = t.version.c
    with filled.registry().metadata.reading() as connection:
        model = connection.execute(sa.select(t.model.c.id).where(t.model.c.name == MODEL)).scalar()
        query = sa.select(v.id).where(v.model_id == model).order_by(v.number)
        ids = connection.execute(query).scalars().all()
    assert list(ids) == list(range(1, 5 + COUNT + 1))


def test_registering_goes_on(filled: World) -> None:
    file = filled.folder / "next.bin"
    file.write_bytes(b"next")
    made = register_file(filled.registry(), RegisterFile(model=MODEL, path=str(file)))
    assert made.version.number == 5 + COUNT + 1
