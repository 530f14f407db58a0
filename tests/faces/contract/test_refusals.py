"""An error is the same over HTTP: its class, its facts, its words."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from support.world import World

from registry_tasks import Client, errors
from registry_tasks.entities.errors import NotOverHttp

from .conftest import Roads

pytestmark = pytest.mark.slow

MODEL: Final = "mower"
ONE, TWO, THREE = (f"{MODEL}@{number}" for number in (1, 2, 3))
NOBODY: Final = "00000000-0000-4000-8000-000000000000"
Call = Callable[[Client], Any]
REFUSED: Final[dict[str, tuple[type[errors.RegistryError], Call]]] = {
    "a model that is not there": (errors.ModelNotFound, lambda c: c.resolve("mowre@1")),
    "a version that is not there": (errors.VersionNotFound, lambda c: c.resolve("mower@99")),
    "a version that was deleted": (errors.VersionDeleted, lambda c: c.download(THREE)),
    "a reference that nobody reads": (errors.MalformedReference, lambda c: c.resolve("mower@")),
    "a name with a slash": (errors.ModelNotFound, lambda c: c.versions("../etc/passwd")),
    "a run that is not there": (errors.RunNotFound, lambda c: c.run(NOBODY)),
    "a sweep that is not there": (errors.SweepNotFound, lambda c: c.sweep(NOBODY)),
    "an approval that is not there": (errors.ApprovalNotFound, lambda c: c.approval(NOBODY)),
    "data that is not there": (errors.DatasetNotFound, lambda c: c.dataset("nothing")),
    "a metric that is not there": (errors.MetricNotFound, lambda c: c.trend(MODEL, "none")),
    "a filter with a mistake": (
        errors.InvalidFilter,
        lambda c: c.search_versions("metrics.auc >> 0.7"),
    ),
    "a filter of many lines": (errors.InvalidFilter, lambda c: c.search_runs("a =\n\tb\r\n='")),
    "a cursor of another search": (
        errors.InvalidCursor,
        lambda c: c.search_versions("metrics.auc > 0", cursor=c.search_versions(limit=1).next),
    ),
    "a kind of event that there is not": (
        errors.InvalidSetting,
        lambda c: c.history(MODEL, kinds=["nothing"]),
    ),
    "a time without a zone": (errors.InvalidSetting, lambda c: c.resolve(ONE, at="2026-01-01")),
    "a direction that there is not": (errors.InvalidSetting, lambda c: c.lineage(ONE, "up")),
    "a form that there is not": (
        errors.InvalidSetting,
        lambda c: c.environment_file(ONE, "spreadsheet"),
    ),
    "a gate that says no": (errors.AwaitingApproval, lambda c: c.promote("kite@2", "production")),
    "a move that is not allowed": (errors.IllegalMove, lambda c: c.promote("kite@3", "production")),
    "production without its holder": (
        errors.CurrentMoved,
        lambda c: c.point_alias(ONE, "hero", expect_current=9),
    ),
    "an alias with a meaning": (errors.ReservedAlias, lambda c: c.point_alias(ONE, "latest")),
    "deleting what is held": (errors.NotDeletable, lambda c: c.delete(TWO, reason="x")),
    "restoring what is not archived": (errors.NotArchived, lambda c: c.restore(TWO)),
    "a text that cannot be kept": (errors.MalformedText, lambda c: c.note(ONE, "a\0b")),
    "a key of two requests": (
        errors.KeyReused,
        lambda c: (c.note(ONE, "a", key="k"), c.note(ONE, "b", key="k")),
    ),
    "a file that is not there": (
        errors.InvalidArtifact,
        lambda c: c.register("nowhere.bin", model="other"),
    ),
    "a file without a byte": (errors.InvalidArtifact, lambda c: c.register(_empty(), model="o")),
    "a folder for a model": (errors.InvalidArtifact, lambda c: c.register(".", model="other")),
    "a model of a strange name": (errors.MalformedName, lambda c: c.register(_some(), model="A B")),
    "a format that could run code": (errors.UntrustedFormat, lambda c: c.load(ONE)),
    "a link to a folder": (errors.RemoteCannot, lambda c: c.download_url(ONE)),
    "a run that has ended": (
        errors.RunNotRegistrable,
        lambda c: c.register_run(next(r.uuid for r in c.runs(MODEL) if r.status == "failed")),
    ),
    "accounts that are off": (errors.AccountsOff, lambda c: c.add_account("eve")),
}


def _empty() -> Path:
    path = Path("empty.bin")
    path.touch()
    return path


def _some() -> Path:
    path = Path("some.bin")
    path.write_bytes(b"x")
    return path


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_the_same_on_both_roads(
    reading: Roads, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kind, call = REFUSED[name]
    with pytest.raises(kind) as local:
        call(reading.local)
    with pytest.raises(kind) as http:
        call(reading.http)
    assert type(http.value) is type(local.value)
    assert (http.value.args, str(http.value)) == (local.value.args, str(local.value))
    assert pickle.loads(pickle.dumps(http.value)).args == local.value.args


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.export("exported"),
        lambda c: c.import_store("exported"),
        lambda c: c.plot_trend(MODEL, "trend.html"),
        lambda c: c.plot_curves(ONE, to="curves.html"),
        lambda c: c.plot_parallel(MODEL, to="parallel.html"),
        lambda c: c.start_accounts("olga"),
    ],
)
def test_what_needs_the_store_itself_says_where_it_is_done(reading: Roads, call: Call) -> None:
    with pytest.raises(NotOverHttp, match="do it where the store of http://127"):
        call(reading.http)


def test_an_object_that_is_gone_is_told_as_it_is_there(world: World, roads: Roads) -> None:
    sha256 = roads.local.resolve(ONE).md5
    assert isinstance(world.remote, Path)
    next(path for path in world.remote.rglob(sha256[2:])).unlink()
    with pytest.raises(errors.ObjectMissing) as local:
        roads.local.download(ONE)
    with pytest.raises(errors.ObjectMissing) as http:
        roads.http.download(ONE)
    assert http.value.args == local.value.args


def test_a_store_that_is_gone_is_told_as_it_is_there(world: World, roads: Roads) -> None:
    roads.local.close()
    (world.state / "registry.db").rename(world.state / "away.db")
    with pytest.raises(errors.StoreMissing):
        roads.local.models()
    with pytest.raises(errors.RegistryError):
        roads.http.search_models()
