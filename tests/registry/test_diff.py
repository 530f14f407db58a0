"""What changed between two, with the DVC stages and lines that Git at hand can tell."""

from support.world import POLICY, World

from registry_tasks.entities.difference import Cause, Change
from registry_tasks.registry.catalogue.diff import diff
from registry_tasks.rules.directions import higher_is_better

LOCK = """
schema: '2.0'
stages:
  prepare:
    cmd: python prepare.py
    deps: [{path: prepare.py, md5: 11111111111111111111111111111111, size: 1}]
  train:
    cmd: python train.py
    deps:
    - {path: train.py, md5: 11111111111111111111111111111111, size: 1}
    - {path: data.csv, md5: 22222222222222222222222222222222, size: 1}
"""


def two(world: World) -> None:
    world.commit({"params.yaml": POLICY, "train.py": "one\ntwo\n", "dvc.lock": LOCK})
    world.version(1, parameters={"trees": 3, "data.seed": 1}, metrics={"auc": 0.7, "odd": 1.0})
    world.commit({"train.py": "one\nthree\nfour\n"})
    world.version(
        2,
        code={"train.py": "9" * 32, "new.py": "8" * 32},
        commands={"train": "python train.py", "more": "true"},
        parameters={"trees": 3, "data.seed": 2, "deep.x": 0.1},
        data={"data.csv": "7" * 32},
        packages={"numpy": "2.1", "pandas": "3.0"},
        metrics={"auc": 0.6, "odd": 2.0},
        signature=None,
    )


def test_every_change_is_sorted_by_what_it_is_a_change_of(world: World) -> None:
    two(world)
    found = diff(world.registry(), "mower@1", "mower@2")
    assert (found.before, found.after) == ("mower@1", "mower@2")
    told = {(c.cause, c.kind, c.name): (c.before, c.after) for c in found.changes}
    assert told == {
        (Cause.CODE, "file", "train.py"): ("1" * 32, "9" * 32),
        (Cause.CODE, "file", "new.py"): (None, "8" * 32),
        (Cause.CODE, "command", "more"): (None, "true"),
        (Cause.DATA, "data", "data.csv"): ("2" * 32, "7" * 32),
        (Cause.DATA, "parameter", "data.seed"): (1, 2),
        (Cause.PARAMETERS, "parameter", "deep.x"): (None, 0.1),
        (Cause.PACKAGES, "package", "numpy"): ("2.0", "2.1"),
        (Cause.PACKAGES, "package", "pandas"): (None, "3.0"),
        (Cause.SIGNATURE, "column", "input x"): ("float64", None),
        (Cause.SIGNATURE, "column", "output y"): ("float64", None),
    }
    order = [change.cause for change in found.changes]
    assert order == sorted(order, key=list(Cause).index)


def test_code_is_told_by_dvc_stage_with_its_lines(world: World) -> None:
    two(world)
    changes = {c.name: c for c in diff(world.registry(), "mower@1", "mower@2").changes}
    train: Change = changes["train.py"]
    assert (train.stages, train.added, train.removed) == (("train",), 2, 1)
    assert changes["data.csv"].stages == ("train",)
    assert changes["more"].stages == ("more",)
    assert (changes["new.py"].stages, changes["new.py"].added) == ((), None)


def test_metrics_are_better_or_worse_as_policy_says_the_primary_one_first(world: World) -> None:
    two(world)
    found = diff(world.registry(), "mower@2", "mower@1").metrics
    assert [(m.metric, m.better, m.primary) for m in found] == [
        ("auc", True, True),
        ("odd", None, False),
    ]
    assert round(found[0].difference or 0, 6) == 0.1
    (same, _) = diff(world.registry(), "mower@1", "mower@1").metrics
    assert (same.better, same.difference) == (None, 0.0)


def test_without_a_checkout_it_tells_what_the_store_knows(world: World) -> None:
    two(world)
    settings = world.settings
    registry = type(world.registry())(type(settings)(**{**vars(settings), "project": None}))
    with registry:
        changes = diff(registry, "mower@1", "mower@2").changes
    assert {c.name for c in changes} >= {"train.py", "data.csv", "data.seed"}
    assert all(change.added is None for change in changes)


def test_names_of_metrics_say_which_way_is_better() -> None:
    assert [higher_is_better(n) for n in ("valid/auc", "train/binary_logloss", "R2", "gizmo")] == [
        True, False, True, None,
    ]  # fmt: skip
    assert higher_is_better("val_loss_accuracy") is True
