"""Every method of the client answers the same over HTTP as in the process that has the store.

A method that writes is called over one road and again, with the same key, over the other: a key
has one answer, so both must have understood and answered the very same request.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from support.world import World

from registry_tasks import Client, errors

from .conftest import Roads

pytestmark = pytest.mark.slow

MODEL: Final = "mower"
ONE, TWO, THREE, FOUR = (f"{MODEL}@{number}" for number in (1, 2, 3, 4))
LATER: Final = datetime(2999, 1, 1, tzinfo=UTC)
Call = Callable[..., Any]


def _state(c: Client) -> str:
    return f"data@{c.dataset_states('data')[0].md5}"


def _evidence(c: Client) -> dict[str, str]:
    (asked,) = c.approvals("kite", over=True)
    return {"uuid": asked.uuid, "evidence_sha256": asked.evidence_sha256}


def _dropped(c: Client) -> str:
    """The version that is without its bytes already."""
    return next(v.ref for v in c.versions(MODEL, limit=50) if c.show(v.ref).dropped)


def _file(text: str = "other weights\n") -> Path:
    path = Path("weights.txt")
    path.write_text(text)
    return path


READING: Final[dict[str, tuple[Call, ...]]] = {
    "resolve": (
        lambda c: c.resolve(ONE),
        lambda c: c.resolve(f"{MODEL}@champion"),
        lambda c: c.resolve(c.resolve(ONE).uuid),
        lambda c: c.resolve(f"{MODEL}@latest", at=LATER),
        lambda c: c.resolve(ONE, at="2999-01-01T00:00+02:00"),
    ),
    "models": (
        lambda c: c.models(),
        lambda c: c.models(limit=1),
        lambda c: c.models(after="kite"),
    ),
    "versions": (
        lambda c: c.versions(MODEL),
        lambda c: c.versions(MODEL, before=4, limit=2, deleted=True),
        lambda c: c.versions(MODEL, limit=5000),
    ),
    "drills": (lambda c: c.drills(), lambda c: c.drills(MODEL, failing=True, limit=1)),
    "risks": (lambda c: c.risks(), lambda c: c.risks(MODEL, limit=1)),
    "plan_archive": (lambda c: c.plan_archive(MODEL),),
    "plan_drop_bytes": (lambda c: c.plan_drop_bytes(MODEL),),
    "runs": (
        lambda c: c.runs(MODEL),
        lambda c: c.runs(MODEL, limit=2, experiment="files"),
        lambda c: c.runs(MODEL, limit=5000),
        lambda c: c.runs(MODEL, limit=1, before=c.runs(MODEL)[1].uuid),
    ),
    "run": (lambda c: tuple(map(c.run, [run.uuid for run in c.runs(MODEL)])),),
    "experiments": (
        lambda c: c.experiments(),
        lambda c: c.experiments(MODEL),
        lambda c: c.experiments(limit=1),
        lambda c: c.experiments(before=c.experiments()[0].name, limit=5000),
    ),
    "show": (lambda c: tuple(map(c.show, (ONE, TWO, THREE, FOUR, "kite@2"))),),
    "show_model": (lambda c: c.show_model(MODEL), lambda c: c.show_model("kite")),
    "notes": (lambda c: c.notes(MODEL), lambda c: c.notes(TWO, limit=1)),
    "schema": (lambda c: c.schema(MODEL),),
    "history": (
        lambda c: c.history(MODEL),
        lambda c: c.history(MODEL, limit=2),
        lambda c: c.history(MODEL, kinds=["version.promoted", "alias.moved"]),
        lambda c: c.history(MODEL, kinds={"version.promoted"}, limit=9999),
        lambda c: c.history(stage="staging", limit=2),
        lambda c: c.history(TWO, before=c.history(TWO)[3].sequence),
        lambda c: c.history(limit=9999),
        lambda c: c.history(actor=c.history(limit=1)[0].actor, until="2999-01-01T00:00Z", limit=7),
        lambda c: c.history(since=c.history(limit=20)[-1].at, kinds=["version.promoted"]),
    ),
    "tenures": (lambda c: c.tenures(f"{MODEL}@production"), lambda c: c.tenures("mower@hero")),
    "search_versions": (
        lambda c: c.search_versions(),
        lambda c: c.search_versions("metrics.auc > 0.7", order_by="metrics.auc desc", limit=1),
        lambda c: c.search_versions(limit=1, cursor=c.search_versions(limit=1).next),
        lambda c: c.search_versions('tags.season ~ "written"', model=MODEL),
    ),
    "facets": (lambda c: c.facets(),),
    "search_models": (lambda c: c.search_models(), lambda c: c.search_models(limit=1)),
    "search_runs": (lambda c: c.search_runs(model=MODEL, limit=2),),
    "compare": (
        lambda c: c.compare(ONE, TWO),
        lambda c: c.compare(ONE, f"run:{c.resolve(TWO).run}").differing(),
    ),
    "curves": (lambda c: c.curves(ONE, TWO), lambda c: c.curves(ONE, series=("loss", "auc"))),
    "diff": (lambda c: c.diff(ONE, TWO),),
    "trend": (lambda c: c.trend(MODEL, "auc"), lambda c: c.trend("kite", "auc", last=1)),
    "datasets": (lambda c: c.datasets(), lambda c: c.datasets(after="data", limit=1)),
    "dataset": (lambda c: c.dataset("data"), lambda c: c.dataset(_state(c))),
    "dataset_states": (lambda c: c.dataset_states("data"),),
    "dataset_users": (lambda c: c.dataset_users(_state(c)),),
    "environment": (lambda c: c.environment(ONE),),
    "environment_file": (
        lambda c: c.environment_file(ONE, "json"),
        lambda c: c.environment_file(ONE, "sbom"),
        lambda c: c.environment_file(ONE),
    ),
    "lineage": (lambda c: c.lineage(TWO), lambda c: c.lineage(ONE, "forward", 1)),
    "dataset_lineage": (lambda c: c.dataset_lineage(_state(c)),),
    "openlineage": (lambda c: c.openlineage(ONE),),
    "code": (lambda c: c.code(ONE),),
    "deployments": (
        lambda c: c.deployments(),
        lambda c: c.deployments(MODEL, environment="eu", at=LATER, over=True, limit=3),
    ),
    "sweeps": (lambda c: c.sweeps(), lambda c: c.sweeps(MODEL, limit=1)),
    "sweep": (lambda c: c.sweep(c.sweeps()[0].uuid),),
    "approvals": (lambda c: c.approvals(), lambda c: c.approvals("kite", over=True, limit=5)),
    "approval": (lambda c: c.approval(_evidence(c)["uuid"]),),
    "policy": (lambda c: c.policy(MODEL), lambda c: c.policy(TWO)),
    "check_policy": (lambda c: c.check_policy(), lambda c: c.check_policy(MODEL, text="a: [")),
    "replay_policy": (
        lambda c: c.replay_policy(MODEL),
        lambda c: c.replay_policy("kite", commit="HEAD", limit=1),
        lambda c: c.replay_policy(
            MODEL, text="registry: {models: {mower: {stages: {production: [{gate: described}]}}}}"
        ),
    ),
    "accounts": (lambda c: c.accounts(),),
    "tokens": (lambda c: c.tokens(),),
    "subscriptions": (lambda c: c.subscriptions(),),
    "deliveries": (lambda c: c.deliveries(), lambda c: c.deliveries("none", dead=True)),
    "load": (lambda c: c.load(ONE),),
    "download": (
        lambda c: c.download(ONE).read_bytes(),
        lambda c: c.download(ONE, "copy").read_bytes(),
    ),
    "download_url": (lambda c: c.download_url(ONE),),
}
WRITING: Final[dict[str, tuple[Call, ...]]] = {
    "describe": (
        lambda c, key: c.describe(
            ONE, "Ünïcode ✓", team="ops", links=["doi:10.1/x"], document={"rows": 1}, key=key
        ),
    ),
    "describe_model": (lambda c, key: c.describe_model(MODEL, "text", related=["kite"], key=key),),
    "describe_dataset": (
        lambda c, key: c.describe_dataset("data", retain_until=date(2030, 1, 1), key=key),
    ),
    "note": (lambda c, key: c.note(ONE, "Looks good", key=key),),
    "tag": (lambda c, key: c.tag(MODEL, {"a": "b"}, remove=["season"], key=key),),
    "put_schema": (
        lambda c, key: c.put_schema(MODEL, {"type": "object"}, existing="may-differ", key=key),
    ),
    "remove_schema": (lambda c, key: c.remove_schema(MODEL, key=key),),
    "promote": (lambda c, key: c.promote(FOUR, "staging", reason="better", key=key),),
    "rollback": (lambda c, key: c.rollback(MODEL, reason="worse", key=key),),
    "archive": (lambda c, key: c.archive(FOUR, "old", key=key),),
    "restore": (lambda c, key: (c.archive(FOUR, key=f"{key}a"), c.restore(FOUR, key=key)),),
    "archive_by_policy": (lambda c, key: c.archive_by_policy(MODEL, key=key),),
    "drop_bytes": (lambda c, key: c.drop_bytes(_dropped(c), "space", key=key),),
    "drop_bytes_by_policy": (lambda c, key: c.drop_bytes_by_policy(MODEL, key=key),),
    "point_alias": (lambda c, key: c.point_alias(ONE, "hero", expect_current=2, key=key),),
    "remove_alias": (lambda c, key: c.remove_alias(MODEL, "hero", key=key),),
    "hold": (lambda c, key: c.hold(ONE, reason="case 7", key=key),),
    "release": (lambda c, key: c.release(TWO, reason="closed", key=key),),
    "delete": (lambda c, key: c.delete(FOUR, reason="bad data", key=key),),
    "start_deployment": (
        lambda c, key: c.start_deployment(ONE, environment="eu", place="API", key=key),
    ),
    "end_deployment": (
        lambda c, key: c.end_deployment(TWO, environment="eu", place="batch", key=key),
    ),
    "register": (
        lambda c, key: c.register(
            _file(),
            model="other",
            parameters={"a": [1, {"b": None}], "c": "[d"},
            metrics={"auc": 0.5},
            tags={"x": "y"},
            description="[not JSON] {at all}",
            signature=c.show(ONE).signature,
            key=key,
        ),
    ),
    "register_run": (lambda c, key: c.register_run(c.resolve(TWO).run, tags={"a": "b"}, key=key),),
    "approve": (lambda c, key: c.approve(**_evidence(c), reason="seen", key=key),),
    "reject": (lambda c, key: c.reject(**_evidence(c), reason="too slow", key=key),),
}
_ELSEWHERE_TOLD: Final = {"register", "register_run", "approve", "reject", "describe_dataset"} | {
    *("archive_by_policy", "drop_bytes", "drop_bytes_by_policy")
}
"""What has no event of this model, or had its effect before."""
ELSEWHERE: Final = {
    "log_run",  # test_runs.py
    *("reproduce", "rebuild_run"),  # test_reproducing.py
    *("plot_trend", "plot_curves", "plot_parallel", "export", "import_store"),  # test_refusals.py
    *("start_accounts", "add_account", "close_account", "grant_right", "revoke_right"),
    *("issue_token", "revoke_token", "approval_code"),  # test_people.py
    *("subscribe", "unsubscribe", "rotate_secret"),  # tests/outward/test_faces.py
    *("send_sample", "replay"),
}


def test_every_public_method_is_tried_on_both_roads() -> None:
    shown = {name for name in dir(Client) if not name.startswith("_")} - {"close"}
    assert shown == READING.keys() | WRITING.keys() | ELSEWHERE


@pytest.mark.parametrize("name", READING)
def test_what_is_read_is_the_same_on_both_roads(
    reading: Roads, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, call in enumerate(READING[name]):
        local, http = _came_to(call, reading.local), _came_to(call, reading.http)
        assert http == local, number
        assert type(http) is type(local), number


@pytest.mark.parametrize("first", Roads._fields)
@pytest.mark.parametrize("name", WRITING)
def test_a_change_with_one_key_has_one_answer_on_both_roads(
    world: World,
    roads: Roads,
    name: str,
    first: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    one, other = roads if first == "local" else reversed(roads)
    for number, call in enumerate(WRITING[name]):
        key, before = f"{name} {number}", len(world.kinds())
        answer = call(one, key)
        after = world.history()
        assert call(other, key) == answer
        assert world.history() == after
        assert name in _ELSEWHERE_TOLD or len(after) > before


def _came_to(call: Call, client: Client) -> Any:
    """Return the answer, or the error as it can be compared."""
    try:
        return call(client)
    except errors.RegistryError as error:
        return type(error), error.args, str(error)
