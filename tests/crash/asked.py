"""Each command of the command line and each method of the client, with arguments that go well.

What looks must change nothing; what writes must do so by verbs that have a case of their own.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from registry_tasks import Client, connect
from registry_tasks.entities.access import Right, Role
from registry_tasks.entities.errors import AwaitingApproval, NotDroppable, NotFound


def _if_any(look: Callable[[str], object], name: str) -> object:
    """Look at what need not be on record."""
    try:
        return look(name)
    except NotFound as nothing:
        return nothing


def _log_a_run(client: Client, folder: Path) -> None:
    with client.log_run("mower", parameters={"trees": 3}) as run:
        run.log_metric("rmse", 0.5, step=1)
        run.log_metrics({"auc": 0.5})
        run.log_points("loss", [(1, 0.5)])
        run.log_importance({"wind": 1.0})
        run.log_artifact(folder / "model.bin")


def _waits_in_canary(client: Client) -> dict[str, str]:
    """Ask for what people have to approve of, and look at it."""
    try:
        client.promote("mower@2", to="canary")
    except AwaitingApproval as error:
        seen = client.approval(error.approval).approval
        return {"uuid": seen.uuid, "evidence_sha256": seen.evidence_sha256}
    raise AssertionError("it did not wait")


def _drop(client: Client, folder: Path) -> None:
    with suppress(NotDroppable):  # nobody has rebuilt it
        client.drop_bytes("mower@3")


def _import(client: Client, folder: Path) -> object:
    client.export(folder / "to be imported")
    with connect(f"sqlite:///{folder / 'imported.db'}") as other:
        return other.import_store(folder / "to be imported")


LOOKING: dict[str, tuple[str, ...]] = {
    "models": ("--after edger --limit 5 --json",),
    "versions": ("mower --before 9 --limit 5 --deleted --json",),
    "drills": ("mower --failing --before 9 --limit 5 --json",),
    "risks": ("mower --before drill-9 --limit 5 --json",),
    "runs": (
        "mower --experiment files --limit 5 --json",
        "mower --before 00000000-0000-0000-0000-000000000000",
    ),
    "show": ("mower@1 --json",),
    "compare": (
        "mower@1 mower@2 --all --json",
        "mower@1 mower@2 --points --series loss --csv",
    ),
    "history": (
        "mower --before 9 --limit 5 --kind version.registered --kind alias.moved --json",
        "--actor ada --since 2013-01-01T00:00Z --until 2013-02-01T00:00Z",
        "mower --stage production",
    ),
    "tenures": ("mower@production --before 99 --limit 5 --json",),
    "lineage": (
        "mower@1 --forward --depth 3 --nodes 9 --json",
        "--dataset data.csv@" + "2" * 32,
        "nobody@1 --openlineage --to {folder}/events.jsonl",
    ),
    "code": ("mower@1 --stage train --json",),
    "deployment list": (
        "mower --environment eu --all --limit 5 --json",
        "mower@1 --at 2999-01-01T00:00Z --before 1",
    ),
    "approvals": ("mower --all --before 1 --limit 5 --json",),
    "access list": ("--after a --limit 5 --json",),
    "subscription list": ("--after a --limit 5 --json",),
    "subscription deliveries": ("--after 1 --limit 5 --json", "--dead"),
    "access tokens": ("ada --before 1 --limit 5 --json",),
    "approval": ("1 --json",),
    "resolve": ("mower@1 --json", "mower@1 --at 2999-01-01T00:00Z"),
    "notes": ("mower --before 9 --limit 5 --json",),
    "schema show": ("mower --json",),
    "search": (
        "versions grade='F' --model mower --order-by created --limit 5 --json",
        "models --csv",
        "versions alias='nobody'",
        "runs --cursor nothing",
    ),
    "facets": ("--json",),
    "rebuild-run": ("00000000-0000-0000-0000-000000000000 --json",),
    "run": ("00000000-0000-0000-0000-000000000000 --points --json",),
    "experiments": ("mower --limit 5 --json", "--before default"),
    "environment": (
        "mower@1 --as requirements --to {folder}/../packages.txt",
        "mower@1 --as files --json",
    ),
    "data list": ("--after a --limit 5 --json",),
    "data show": ("data.csv --json",),
    "data versions": ("data.csv --before " + "2" * 32 + " --limit 5 --json",),
    "data uses": ("md5:" + "2" * 32 + " --before x --limit 5 --json",),
    "plot trend": ("mower --metric auc --last 5 --to {folder}/../trend.html",),
    "plot curves": ("mower@1 mower@2 --series loss --to {folder}/../curves.html",),
    "plot parallel": (
        "mower@1 mower@2 --metric auc --axis auc --last 5 --to {folder}/../parallel.html",
    ),
    "policy show": ("mower@1 --json",),
    "policy check": ("mower --json", "--file {folder}/project/params.yaml"),
    "policy replay": (
        "mower --commit HEAD --limit 5 --json",
        "mower --file {folder}/project/params.yaml --cursor 9",
    ),
    "sweeps": ("mower --before 1 --limit 5 --json",),
    "sweep-show": ("1 --json",),
}
"""Command -> ways to ask it, with all its options."""

WRITING: tuple[str, ...] = (
    "register {file} --model mower",
    "promote mower@2 --to production",
    "approve 1 --reason good",
    "reject 1 --reason bad",
    "rollback mower",
    "archive mower@3",
    "restore mower@3",
    "collect --take",
    "drop-bytes --policy mower",
    "describe mower@3 text",
    "describe mower --team ops",
    "note mower@3 text",
    "tag mower@3 a=b",
    "schema put mower {folder}/schema.json",
    "schema remove mower",
    "deployment start mower@3 --environment eu --place API --replace --reason new",
    "deployment end mower@3 --environment eu --place API --reason old",
    "data describe data.csv --owner ada",
    "register-run 00000000-0000-0000-0000-000000000000",
    "export {folder}/exported",
    "--store sqlite:///{folder}/imported.db import-store {folder}/exported",
    "hold mower@3 --reason audit",
    "release mower@3 --reason over",
    "delete mower@3 --reason mistake",
    "alias set mower@1 shadow",
    "alias remove mower shadow",
    "subscription add hook webhook https://hooks.example.org/in --kind version.* --model mower",
    "subscription rotate hook --overlap-hours 1",
    "subscription test hook",
    "subscription replay hook --event 1",
    "subscription remove hook",
    "deliver",
    "evaluate mower@1",
    "download mower@1 --to {folder}/fetched",
    "doctor --sample 1",
    "doctor --repair",
    "sync",
    "migrate",
    "backup {folder}/backups",
    "--store sqlite:///{folder}/recovered.db recover {folder}/backups",
    "rebuild --from-git --into sqlite:///{folder}/rebuilt.db",
    "move-store --to sqlite:///{folder}/moved.db",
    "move-store --undo",
)
"""In an order in which all go well."""

ACCESS: tuple[str, ...] = (
    "access add bob viewer",
    "access grant bob --alias champion --model mower",
    "access revoke bob viewer",
    "access token bob",
    "approval-code 1",
    "access revoke-token 1",
    "access close bob",
)
"""In a registry with accounts, for an admin; `access start` is what makes it one."""

FLOWS = frozenset(
    {"train", "retrain", "reproduce", "drill", "remake-bytes", "sweep", "diff", "check-data"}
)
"""They start flows, whose tasks call the core: `doors` finds what these import."""

LOOKS: dict[str, Callable[[Client], object]] = {
    "resolve": lambda client: client.resolve("mower@1"),
    "show_model": lambda client: client.show_model("mower"),
    "notes": lambda client: client.notes("mower", before=9, limit=5),
    "schema": lambda client: client.schema("mower"),
    "models": lambda client: client.models(),
    "versions": lambda client: client.versions("mower", before=9, limit=5, deleted=True),
    "runs": lambda client: client.runs("mower", limit=5),
    "show": lambda client: client.show("mower@1"),
    "compare": lambda client: client.compare("mower@1", "mower@2"),
    "history": lambda client: client.history("mower", before=9, limit=5),
    "facets": lambda client: client.facets(),
    "tenures": lambda client: client.tenures("mower@production", before=99, limit=5),
    "lineage": lambda client: client.lineage("mower@1"),
    "dataset_lineage": lambda client: _if_any(client.dataset_lineage, "data.csv@" + "2" * 32),
    "code": lambda client: _if_any(client.code, "mower@1"),
    "openlineage": lambda client: client.openlineage("mower@1"),
    "drills": lambda client: client.drills("mower", failing=True, limit=5),
    "risks": lambda client: client.risks("mower", limit=5),
    "plan_archive": lambda client: client.plan_archive("mower"),
    "plan_drop_bytes": lambda client: client.plan_drop_bytes("mower"),
    "approvals": lambda client: client.approvals("mower", over=True),
    "approval": lambda client: _if_any(client.approval, "1"),
    "policy": lambda client: client.policy("mower"),
    "check_policy": lambda client: client.check_policy("mower"),
    "replay_policy": lambda client: client.replay_policy("mower", commit="HEAD"),
    "accounts": lambda client: client.accounts(),
    "tokens": lambda client: client.tokens(),
    "subscriptions": lambda client: client.subscriptions(),
    "deliveries": lambda client: client.deliveries(),
    "deployments": lambda client: client.deployments("mower", over=True),
    "sweeps": lambda client: client.sweeps("mower"),
    "sweep": lambda client: _if_any(client.sweep, "1"),
    "run": lambda client: client.run(client.resolve("mower@1").run),
    "experiments": lambda client: client.experiments("mower"),
    "curves": lambda client: client.curves("mower@1", series=("loss",)),
    "diff": lambda client: client.diff("mower@1", "mower@2"),
    "trend": lambda client: client.trend("mower", "auc"),
    "datasets": lambda client: client.datasets(after="a", limit=5),
    "dataset": lambda client: _if_any(client.dataset, "data.csv"),
    "dataset_states": lambda client: _if_any(client.dataset_states, "data.csv"),
    "dataset_users": lambda client: _if_any(client.dataset_users, "data.csv@" + "2" * 32),
    "environment": lambda client: client.environment("mower@1"),
    "environment_file": lambda client: client.environment_file("mower@1"),
    "search_versions": lambda client: client.search_versions("grade = 'F'", model="mower"),
    "search_models": lambda client: client.search_models(),
    "search_runs": lambda client: client.search_runs("status = 'finished'"),
}
WRITES: dict[str, Callable[[Client, Path], Any]] = {
    "reject": lambda client, folder: client.reject(**_waits_in_canary(client), reason="bad"),
    "approve": lambda client, folder: client.approve(**_waits_in_canary(client), reason="good"),
    "register": lambda client, folder: client.register(folder / "model.bin", model="mower"),
    "promote": lambda client, folder: client.promote("mower@2", to="production"),
    "rollback": lambda client, folder: client.rollback("mower"),
    "archive": lambda client, folder: client.archive("mower@3"),
    "restore": lambda client, folder: client.restore("mower@3"),
    "archive_by_policy": lambda client, folder: client.archive_by_policy("mower"),
    "drop_bytes": _drop,
    "drop_bytes_by_policy": lambda client, folder: client.drop_bytes_by_policy("mower"),
    "describe": lambda client, folder: client.describe("mower@3", "text"),
    "describe_model": lambda client, folder: client.describe_model("mower", team="ops"),
    "note": lambda client, folder: client.note("mower@3", "text"),
    "tag": lambda client, folder: client.tag("mower@3", {"a": "b"}),
    "put_schema": lambda client, folder: client.put_schema("mower", {"title": "any"}),
    "remove_schema": lambda client, folder: client.remove_schema("mower"),
    "point_alias": lambda client, folder: client.point_alias("mower@1", "shadow"),
    "remove_alias": lambda client, folder: client.remove_alias("mower", "shadow"),
    "start_deployment": lambda client, folder: client.start_deployment(
        "mower@3", environment="eu", place="API"
    ),
    "end_deployment": lambda client, folder: client.end_deployment(
        "mower@3", environment="eu", place="API"
    ),
    "hold": lambda client, folder: client.hold("mower@3", reason="audit"),
    "release": lambda client, folder: client.release("mower@3", reason="over"),
    "delete": lambda client, folder: client.delete("mower@3", reason="mistake"),
    "subscribe": lambda client, folder: client.subscribe(
        "hook", "webhook", "https://hooks.example.org/in", kinds=["version.*"], model="mower"
    ),
    "rotate_secret": lambda client, folder: client.rotate_secret("hook"),
    "send_sample": lambda client, folder: client.send_sample("hook"),
    "replay": lambda client, folder: client.replay("hook"),
    "unsubscribe": lambda client, folder: client.unsubscribe("hook"),
    "download": lambda client, folder: client.download("mower@1", folder / "fetched"),
    "load": lambda client, folder: client.load("mower@1"),
    "describe_dataset": lambda client, folder: client.describe_dataset("data.csv", owner="ada"),
    "register_run": lambda client, folder: client.register_run(client.resolve("mower@1").run),
    "log_run": _log_a_run,
    "export": lambda client, folder: client.export(folder / "exported"),
    "import_store": _import,
    "plot_trend": lambda client, folder: client.plot_trend(
        "mower", folder / "trend.html", metric="auc"
    ),
    "plot_curves": lambda client, folder: client.plot_curves("mower@1", to=folder / "curves.html"),
    "plot_parallel": lambda client, folder: client.plot_parallel(
        "mower", to=folder / "parallel.html", metric="auc"
    ),
}
_RIGHT = Right(role=Role.DEVELOPER, model="mower")
ACCESS_WRITES: dict[str, Callable[[Client], Any]] = {
    "add_account": lambda client: client.add_account("eve"),
    "grant_right": lambda client: client.grant_right("eve", _RIGHT),
    "revoke_right": lambda client: client.revoke_right("eve", _RIGHT),
    "issue_token": lambda client: client.issue_token("eve"),
    "approval_code": lambda client: _if_any(
        partial(client.approval_code, evidence_sha256="0" * 64), "1"
    ),
    "revoke_token": lambda client: client.revoke_token(client.tokens("eve")[0].uuid),
    "close_account": lambda client: client.close_account("eve"),
    "start_accounts": lambda client: client.start_accounts("root"),
}
"""In an order in which all go well for an admin, but for the last one, which is made once."""
ELSEWHERE = frozenset({"close", "download_url", "reproduce", "rebuild_run"})
"""Methods that change nothing here: one closes, one makes a link and needs a bucket, two ask Prefect."""
