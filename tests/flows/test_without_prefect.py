"""Every verb works where Prefect is not installed; only what runs flows says what it lacks."""

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from typing import Any, Final

import pytest
from support.asking import COST
from support.commands import all_commands, command_of
from support.pipelines import Project
from support.sweeping import begin_trial, sweep_start
from support.training import train

from registry_tasks import Client
from registry_tasks.entities.logged_run import FileRole, FinishRun, LogFile, LogRun
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.experiments.log_file import log_file
from registry_tasks.registry.experiments.log_run import begin_run, finish_run
from registry_tasks.registry.experiments.train import fail

RUN: Final = "11111111-1111-4111-8111-111111111111"
SWEEP: Final = "22222222-2222-4222-8222-222222222222"
FLOWS: Final = (
    "train mower",
    "retrain mower",
    "reproduce mower@1",
    "sweep mower --set mower.slope=choice(1.0,1.5)",
    "diff mower@1 mower@2 --why",
)
COMMANDS: Final = (
    "register {file} --model extra",
    f"register-run {RUN} --tag a=b",
    "models",
    "search versions params.mower.slope>1",
    "facets",
    "versions mower",
    "runs mower",
    "experiments mower",
    f"run {RUN}",
    "show mower@1",
    "compare mower@1 mower@2",
    "diff mower@1 mower@2",
    "history mower",
    "lineage mower@1",
    "code mower@1 --stage train",
    "environment mower@1",
    "data list",
    "data show data/old.csv",
    "data versions data/old.csv",
    "data uses data/old.csv@{md5}",
    "data describe data/old.csv --owner ada",
    "plot trend mower --metric rmse --to {folder}/trend.html",
    "plot curves mower@1 mower@2 --to {folder}/curves.html",
    "plot parallel mower@1 mower@2 --metric rmse --to {folder}/parallel.html",
    "sweeps mower",
    f"sweep-show {SWEEP}",
    "resolve mower@1",
    "download mower@1",
    "promote mower@1 --to staging",
    "promote mower@1 --to production",
    "evaluate mower@2",
    "promote mower@1 --to experiment",
    "tenures mower@production",
    "rollback mower",
    "archive mower@2",
    "restore mower@2",
    "describe mower@1 good",
    "note mower@1 good",
    "notes mower@1",
    "tag mower@1 a=b",
    "schema put mower {schema}",
    "schema show mower",
    "schema remove mower",
    "deployment start mower@1 --environment eu --place API",
    "deployment list mower",
    "deployment end mower@1 --environment eu --place API",
    "alias set mower@2 blue",
    "alias remove mower blue",
    "hold mower@2 --reason law",
    "release mower@2 --reason over",
    "delete extra@1 --reason mistake",
    "approvals",
    "access list",
    "sync",
    "doctor",
    "migrate",
    "backup {folder}/backups",
    "export {folder}/exported",
    "--store sqlite:///{folder}/imported.db import-store {folder}/exported",
    "move-store --to sqlite:///{folder}/moved.db",
    "rebuild --from-git --into sqlite:///{folder}/rebuilt.db",
    "--store sqlite:///{folder}/recovered.db recover {folder}/backups",
)
METHODS: Final[tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...]] = (
    ("log_run", ("mower",), {"experiment": "by-hand"}),
    ("register", ("{file}",), {"model": "extra"}),
    ("register_run", (RUN,), {"tags": {"a": "b"}}),
    ("models", (), {}),
    ("search_models", ("created > '2013-06-01'",), {}),
    ("facets", (), {}),
    ("search_runs", ("metrics.rmse > 0",), {"model": "mower"}),
    ("search_versions", ("params.mower.slope > 1",), {}),
    ("versions", ("mower",), {}),
    ("runs", ("mower",), {}),
    ("experiments", ("mower",), {}),
    ("run", (RUN,), {}),
    ("show", ("mower@1",), {}),
    ("show_model", ("mower",), {}),
    ("compare", ("mower@1", "mower@2"), {}),
    ("curves", ("mower@1", "mower@2"), {"series": ("loss",)}),
    ("diff", ("mower@1", "mower@2"), {}),
    ("trend", ("mower", "rmse"), {}),
    ("history", ("mower",), {}),
    ("lineage", ("mower@1",), {}),
    ("dataset_lineage", ("data/old.csv@{md5}",), {}),
    ("openlineage", ("mower@1",), {}),
    ("code", ("mower@1",), {"stage": "train"}),
    ("environment", ("mower@1",), {}),
    ("environment_file", ("mower@1",), {"form": "requirements"}),
    ("datasets", (), {}),
    ("dataset", ("data/old.csv",), {}),
    ("dataset_states", ("data/old.csv",), {}),
    ("dataset_users", ("data/old.csv@{md5}",), {}),
    ("describe_dataset", ("data/old.csv",), {"owner": "ada"}),
    ("plot_trend", ("mower", "{folder}/trend.html"), {"metric": "rmse"}),
    ("plot_curves", ("mower@1", "mower@2"), {"to": "{folder}/curves.html"}),
    ("plot_parallel", ("mower",), {"to": "{folder}/parallel.html", "metric": "rmse"}),
    ("approvals", (), {}),
    ("policy", ("mower",), {}),
    ("check_policy", ("mower",), {}),
    ("replay_policy", ("mower",), {}),
    ("sweeps", ("mower",), {}),
    ("sweep", (SWEEP,), {}),
    ("resolve", ("mower@1",), {}),
    ("download", ("mower@1",), {}),
    ("promote", ("mower@1", "staging"), {}),
    ("promote", ("mower@1", "production"), {}),
    ("promote", ("mower@1", "experiment"), {}),
    ("tenures", ("mower@production",), {}),
    ("rollback", ("mower",), {}),
    ("archive", ("mower@2",), {}),
    ("restore", ("mower@2",), {}),
    ("describe", ("mower@1", "good"), {}),
    ("describe_model", ("mower",), {"team": "ops"}),
    ("note", ("mower@1", "good"), {}),
    ("notes", ("mower@1",), {}),
    ("tag", ("mower@1", {"a": "b"}), {}),
    ("put_schema", ("mower", {"title": "any"}), {}),
    ("schema", ("mower",), {}),
    ("remove_schema", ("mower",), {}),
    ("start_deployment", ("mower@1",), {"environment": "eu", "place": "API"}),
    ("deployments", ("mower",), {}),
    ("end_deployment", ("mower@1",), {"environment": "eu", "place": "API"}),
    ("point_alias", ("mower@2", "blue"), {}),
    ("remove_alias", ("mower", "blue"), {}),
    ("hold", ("mower@2",), {"reason": "law"}),
    ("release", ("mower@2",), {"reason": "over"}),
    ("delete", ("extra@1",), {"reason": "mistake"}),
    ("export", ("{folder}/exported",), {}),
    ("import_store", ("{folder}/exported",), {}),
    ("close", (), {}),
)
ELSEWHERE: Final = {
    "reproduce": "tests/faces/contract/test_reproducing.py; it asks a Prefect server",
    "rebuild_run": "tests/faces/contract/test_reproducing.py",
    "archive_by_policy": "tests/faces/contract/test_same_answers.py",
    "drills": "tests/faces/contract/test_same_answers.py",
    "drop_bytes": "tests/faces/contract/test_same_answers.py",
    "drop_bytes_by_policy": "tests/faces/contract/test_same_answers.py",
    "plan_archive": "tests/faces/contract/test_same_answers.py",
    "plan_drop_bytes": "tests/faces/contract/test_same_answers.py",
    "risks": "tests/faces/contract/test_same_answers.py",
    "load": "tests/faces/test_sdk_loading.py; it downloads and opens a file",
    "download_url": "tests/stores/test_artifacts_bucket.py; it needs a bucket",
    **dict.fromkeys(
        ("approval", "approval_code", "approve", "reject"),
        "tests/faces/test_cli_approvals.py; they need a policy that asks for people",
    ),
    **dict.fromkeys(
        (
            *("start_accounts", "add_account", "close_account", "grant_right", "revoke_right"),
            *("accounts", "issue_token", "tokens", "revoke_token"),
        ),
        "tests/access/test_cli.py; they turn accounts on",
    ),
    **dict.fromkeys(
        (
            *("subscribe", "unsubscribe", "rotate_secret", "send_sample", "subscriptions"),
            *("deliveries", "replay"),
        ),
        "tests/outward/test_faces.py",
    ),
}
"""Methods that need more than this project has."""
COMMANDS_ELSEWHERE: Final = {
    "approval-code": "tests/promises/test_p18_command_line.py",
    "check-data": "tests/promises/test_p18_command_line.py",
    "collect": "tests/promises/test_p18_command_line.py",
    "deploy": "tests/promises/test_p18_command_line.py",
    "drill": "tests/promises/test_p18_command_line.py",
    "drills": "tests/promises/test_p18_command_line.py",
    "drop-bytes": "tests/promises/test_p18_command_line.py",
    "policy check": "tests/promises/test_p18_command_line.py",
    "policy replay": "tests/promises/test_p18_command_line.py",
    "policy show": "tests/promises/test_p18_command_line.py",
    "rebuild-run": "tests/faces/contract/test_reproducing.py",
    "remake-bytes": "tests/promises/test_p18_command_line.py",
    "risks": "tests/promises/test_p18_command_line.py",
    "up": "tests/faces/test_up.py; with --no-prefect",
    "approval": "tests/faces/test_cli_approvals.py; it needs a policy that asks for people",
    "approve": "tests/faces/test_cli_approvals.py",
    "reject": "tests/faces/test_cli_approvals.py",
    **{
        f"access {command}": "tests/access/test_cli.py; it turns accounts on"
        for command in ("start", "add", "close", "grant", "revoke", "token", "tokens")
    },
    "access revoke-token": "tests/access/test_cli.py",
    "deliver": "tests/outward/test_faces.py",
    **{
        f"subscription {command}": "tests/outward/test_faces.py"
        for command in ("add", "remove", "rotate", "list", "test", "deliveries", "replay")
    },
}
"""Commands as well."""
_NO_PREFECT = "import sys; sys.modules['prefect'] = None  # as if it were not installed\n"
_COMMANDS = """
import json, shlex
from registry_tasks.faces.cli.app import run
codes = {command: run(shlex.split(command)) for command in json.loads(sys.argv[1])}
"""
_METHODS = """
import json
from registry_tasks import connect
codes, client = [], connect()
empty = connect("sqlite:///{folder}/imported.db")
for name, arguments, options in json.loads(sys.argv[1]):
    made = getattr(empty if name == "import_store" else client, name)(*arguments, **options)
    if name == "log_run":
        with made as run:
            run.log_metric("rmse", 0.5)
    codes.append(name)
"""
_TELL = """
assert not [name for name in sys.modules if name.startswith("prefect.")]
print("told:" + json.dumps(codes))
"""


@pytest.fixture
def two_versions(project: Project) -> Iterator[Project]:
    """And a run outside DVC, a sweep of one trial, a file to register and a schema to put."""
    for slope in (1.0, 1.5):
        run = train(project, {"mower.slope": slope})
        register(project.registry(), RegisterRun(run=run))
    for name, text in (("model.txt", "weights"), ("logged.txt", "more"), ("schema.json", "{}")):
        (project.folder / name).write_text(text)
    begin_run(project.registry(), LogRun(run=RUN, model="mower"))
    path = str(project.folder / "logged.txt")
    log_file(project.registry(), LogFile(run=RUN, path=path, name="m", role=FileRole.MODEL))
    finish_run(project.registry(), FinishRun(run=RUN, cost=COST))
    fail(project.registry(), begin_trial(project, sweep_start(SWEEP), 0), "no")
    project.close()
    yield project


def without_prefect(project: Project, program: str, asked: Any) -> Any:
    """Run a program where Prefect cannot be imported; what it told."""
    places = {
        "file": project.folder / "model.txt",
        "schema": project.folder / "schema.json",
        "folder": project.folder,
        "md5": md5((project.root / "data" / "old.csv").read_bytes()).hexdigest(),
    }
    text = json.dumps(asked)
    for name, place in places.items():
        program, text = (t.replace(f"{{{name}}}", str(place)) for t in (program, text))
    done = subprocess.run(
        [sys.executable, "-c", _NO_PREFECT + program + _TELL, text],
        cwd=project.root,
        env={k: v for k, v in project.environment().items() if "PREFECT" not in k},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    return json.loads(done.stdout.partition("told:")[2]), done.stderr


@pytest.mark.slow
def test_every_command_works(two_versions: Project) -> None:
    codes, said = without_prefect(two_versions, _COMMANDS, COMMANDS)
    assert {command for command, code in codes.items() if code != 0} == set(), said


@pytest.mark.slow
def test_what_runs_flows_says_what_it_lacks(two_versions: Project) -> None:
    codes, said = without_prefect(two_versions, _COMMANDS, FLOWS)
    assert set(codes.values()) == {6}, said
    assert said.count("pip install 'registry-tasks[flows]'") == len(FLOWS)


@pytest.mark.slow
def test_every_method_of_the_sdk_works(two_versions: Project) -> None:
    done, _ = without_prefect(two_versions, _METHODS, METHODS)
    assert done == [name for name, _, _ in METHODS]


@pytest.mark.slow
def test_no_command_and_no_method_is_left_out() -> None:
    tried = {command_of(line) for line in (*COMMANDS, *FLOWS)}
    assert tried | set(COMMANDS_ELSEWHERE) == set(all_commands())
    methods = inspect.getmembers(Client, inspect.isfunction)
    public = {name for name, _ in methods if not name.startswith("_")}
    assert {name for name, _, _ in METHODS} | set(ELSEWHERE) == public
    root = Path(__file__).parents[2]
    assert all(
        (root / where.partition(";")[0]).is_file()
        for where in (*ELSEWHERE.values(), *COMMANDS_ELSEWHERE.values())
    )


@pytest.mark.parametrize(
    "where",
    [
        "tests/faces/test_cli_approvals.py",
        "tests/access/test_cli.py",
        "tests/outward/test_faces.py",
    ],
)
def test_it_is_away_where_most_of_the_others_are_tried(where: str) -> None:
    assert any(where in told for told in COMMANDS_ELSEWHERE.values())
    text = (Path(__file__).parents[2] / where).read_text()
    assert 'usefixtures("without_prefect")' in text
