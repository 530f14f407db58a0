"""What released schemas left is opened by today's code, read whole, and gone on with."""

import pytest
from support.world import World

from registry_tasks.entities.errors import NothingToRollBack, SchemaOlder
from registry_tasks.entities.event import MOVES
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.promotion import Archive, Promote, RollBack
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.compare import compare
from registry_tasks.registry.catalogue.download import read
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import (
    list_history,
    list_models,
    list_runs,
    list_versions,
    show,
)
from registry_tasks.registry.catalogue.trace import trace, trace_dataset
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.lifecycle.archive import archive, plan_archive
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back

pytestmark = pytest.mark.slow

MODELS = {"edger": 2, "mower": 3, "trimmer": 4}
EDGERS = {"0001": 2, "0003": 3, "0004": 3}
"""So many there ever were; the third was deleted, once that was possible."""


@pytest.fixture
def edgers(request: pytest.FixtureRequest) -> int:
    return EDGERS[request.node.callspec.params["old"]]


def test_an_old_store_is_not_read_before_it_is_migrated(old: World) -> None:
    for attempt in (
        lambda: list_models(old.registry()),
        lambda: old.resolve("mower@1"),
        lambda: archive(old.registry(), Archive(ref="edger@1")),
    ):
        with pytest.raises(SchemaOlder, match="`registry migrate`"):
            attempt()


def test_every_model_is_where_it_was_left(upgraded: World) -> None:
    found = {model.name: model for model in list_models(upgraded.registry())}
    assert {name: model.versions for name, model in found.items()} == MODELS
    assert found["mower"].slots == {"production": 2, "staging": 3}
    assert found["mower"].aliases == {"champion": 2}
    assert found["trimmer"].slots == {"production": 1, "staging-eu": 2}
    assert found["trimmer"].aliases == {"challenger": 2, "champion": 1}
    assert upgraded.stages("trimmer") == {
        1: "production",
        2: "experiment",
        3: "archived",
        4: "archived",
    }


def test_every_version_is_shown_traced_and_handed_out(upgraded: World) -> None:
    registry = upgraded.registry()
    for model in MODELS:
        versions = list_versions(registry, model)
        for version in versions:
            record = show(registry, version.uuid)
            assert record.version == version == upgraded.resolve(version.ref)
            assert read(upgraded.settings, version)  # verified against its digests
            assert trace(registry, version.ref).root.id == version.ref
        assert compare(registry, [v.ref for v in versions]).rows
        plan_archive(registry, model)
    two = show(registry, "mower@2")
    assert two.description == "zwei Mäher, 二"
    assert two.tags == {"crew": "north", "season": "spring"}
    assert (len(two.confirmations), len(two.comparisons), len(two.reproductions)) == (1, 1, 1)
    assert [attempt.promoted for attempt in show(registry, "mower@3").attempts] == [False, True]
    raw = next(a for a in two.manifest.artifacts if a.path == "data/old.csv")
    assert trace_dataset(registry, f"data/old.csv@{raw.md5}").edges
    assert show(registry, "edger@1").parameters == {
        "teeth": 7,
        "shape": {"round": True, "ratio": 0.1},
    }
    assert show(registry, "edger@1").metrics == {"rmse": 1e-300}


def test_every_run_and_every_event_is_there(upgraded: World) -> None:
    registry = upgraded.registry()
    runs = list_runs(registry, "trimmer")
    assert {run.status for run in runs} == set(RunStatus)
    assert [run.failure for run in runs if run.failure] == ["StageFailed: no petrol"]
    events = [event for model in MODELS for event in list_history(registry, model, limit=1000)]
    events += [event for event in list_history(registry, limit=1000) if event.model is None]
    sequences = sorted(event.sequence for event in events)
    assert sequences == list(range(1, sequences[-1] + 1))
    assert {event.kind for event in events} > set(MOVES)


def test_the_doctor_finds_the_tag_that_waited_and_nothing_else(upgraded: World) -> None:
    found = examine(upgraded.registry())
    assert {finding.repair for finding in found} == {"registry sync"}, found
    left = [finding for finding in found if finding.where != LOG_REF]  # none, or behind
    last = upgraded.history("trimmer")[-1].sequence
    waits = f"tag trimmer#archived#{last} waits to be written"
    assert [finding.what for finding in left] == [waits]
    sync(upgraded.registry())
    assert examine(upgraded.registry()) == ()


def test_it_goes_on_as_if_nothing_had_been(upgraded: World, edgers: int) -> None:
    registry = upgraded.registry()
    sync(registry)
    tags = set(upgraded.git("tag", "--list").split())
    new = upgraded.version(5, model="trimmer", metrics={"rmse": 0.1})
    assert (new.number, new.semantic_version) == (5, "v1.4.0")
    again = upgraded.register(
        model="trimmer", content=b"model 2", parameters={"trees": 2}, metrics={"rmse": 0.2}
    )
    assert (again.version.number, again.created) == (2, False)  # known by its content
    for stage in ("staging", "production"):
        promote(registry, Promote(ref=new.ref, to=stage))
    assert upgraded.resolve("trimmer@champion").number == 5
    roll_back(registry, RollBack(model="trimmer"))
    assert upgraded.resolve("trimmer@production").number == 1
    roll_back(registry, RollBack(model="mower"))
    assert upgraded.resolve("mower@production").number == 1
    with pytest.raises(NothingToRollBack):
        roll_back(registry, RollBack(model="edger"))
    (upgraded.folder / "edger.bin").write_bytes(b"edger 4")
    path = str(upgraded.folder / "edger.bin")
    made = register_file(registry, RegisterFile(model="edger", path=path)).version
    assert made.number == edgers + 1
    new_tags = set(upgraded.git("tag", "--list").split()) - tags
    assert {"trimmer@v1.4.0"} < new_tags
    assert len(new_tags) >= 8
    assert tags <= set(upgraded.git("tag", "--list").split())
    assert examine(registry) == ()
