"""Every verb works where Prefect is not installed; only what runs flows says what it lacks."""

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import typer
from support.pipelines import Project
from support.training import train

from registry_tasks import Client
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.faces.cli.app import app
from registry_tasks.registry.catalogue.register import register

pytestmark = pytest.mark.slow
FLOWS: Final = ("train mower", "retrain mower", "reproduce mower@1")
COMMANDS: Final = (
    "register {file} --model extra",
    "models",
    "versions mower",
    "runs mower",
    "show mower@1",
    "compare mower@1 mower@2",
    "history mower",
    "lineage mower@1",
    "resolve mower@1",
    "download mower@1",
    "promote mower@1 --to staging",
    "promote mower@1 --to production",
    "evaluate mower@2",
    "promote mower@1 --to experiment",
    "rollback mower",
    "archive mower@2",
    "restore mower@2",
    "describe mower@1 good",
    "alias set mower@2 blue",
    "alias remove mower blue",
    "hold mower@2 --reason law",
    "release mower@2 --reason over",
    "delete extra@1 --reason mistake",
    "sync",
    "doctor",
    "migrate",
    "backup {folder}/backups",
    "move-store --to sqlite:///{folder}/moved.db",
    "rebuild --from-git --into sqlite:///{folder}/rebuilt.db",
    "--store sqlite:///{folder}/recovered.db recover {folder}/backups",
)
METHODS: Final[tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...]] = (
    ("register", ("{file}",), {"model": "extra"}),
    ("models", (), {}),
    ("versions", ("mower",), {}),
    ("runs", ("mower",), {}),
    ("show", ("mower@1",), {}),
    ("compare", ("mower@1", "mower@2"), {}),
    ("history", ("mower",), {}),
    ("lineage", ("mower@1",), {}),
    ("resolve", ("mower@1",), {}),
    ("download", ("mower@1",), {}),
    ("promote", ("mower@1", "staging"), {}),
    ("promote", ("mower@1", "production"), {}),
    ("promote", ("mower@1", "experiment"), {}),
    ("rollback", ("mower",), {}),
    ("archive", ("mower@2",), {}),
    ("restore", ("mower@2",), {}),
    ("describe", ("mower@1", "good"), {}),
    ("point_alias", ("mower@2", "blue"), {}),
    ("remove_alias", ("mower", "blue"), {}),
    ("hold", ("mower@2",), {"reason": "law"}),
    ("release", ("mower@2",), {"reason": "over"}),
    ("delete", ("extra@1",), {"reason": "mistake"}),
    ("close", (), {}),
)
ELSEWHERE: Final = {
    "load": "tests/faces/test_sdk_loading.py; it downloads and opens a file",
    "download_url": "tests/stores/test_artifacts_bucket.py; it needs a bucket",
}
"""Methods that need more than this project has."""
_NO_PREFECT = "import sys; sys.modules['prefect'] = None  # as if it were not installed\n"
_COMMANDS = """
import json, shlex
from registry_tasks.faces.cli.app import run
codes = {command: run(shlex.split(command)) for command in json.loads(sys.argv[1])}
"""
_METHODS = """
import json
from registry_tasks import connect
codes, client = {}, connect()
for name, arguments, options in json.loads(sys.argv[1]):
    codes[name] = getattr(client, name)(*arguments, **options) is not NotImplemented
"""
_TELL = """
assert not [name for name in sys.modules if name.startswith("prefect.")]
print("told:" + json.dumps(codes))
"""


@pytest.fixture
def two_versions(project: Project) -> Iterator[Project]:
    for slope in (1.0, 1.5):
        run = train(project, {"mower.slope": slope})
        register(project.registry(), RegisterRun(run=run))
    project.close()
    (project.folder / "model.txt").write_text("weights\n")
    yield project


def without_prefect(project: Project, program: str, asked: Any) -> Any:
    """Run a program where Prefect cannot be imported; what it told."""
    text = json.dumps(asked).replace("{file}", str(project.folder / "model.txt"))
    text = text.replace("{folder}", str(project.folder))
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


def test_every_command_works(two_versions: Project) -> None:
    codes, said = without_prefect(two_versions, _COMMANDS, COMMANDS)
    assert set(codes.values()) == {0}, (codes, said)


def test_what_runs_flows_says_what_it_lacks(two_versions: Project) -> None:
    codes, said = without_prefect(two_versions, _COMMANDS, FLOWS)
    assert set(codes.values()) == {6}, said
    assert said.count("pip install 'registry-tasks[flows]'") == len(FLOWS)


def test_every_method_of_the_sdk_works(two_versions: Project) -> None:
    done, _ = without_prefect(two_versions, _METHODS, METHODS)
    assert set(done) == {name for name, _, _ in METHODS}


def test_no_command_and_no_method_is_left_out() -> None:
    tried = {_name(command) for command in (*COMMANDS, *FLOWS)}
    assert tried == set(_commands(typer.main.get_command(app), ()))
    methods = inspect.getmembers(Client, inspect.isfunction)
    public = {name for name, _ in methods if not name.startswith("_")}
    assert {name for name, _, _ in METHODS} | set(ELSEWHERE) == public
    root = Path(__file__).parents[2]
    assert all((root / where.partition(";")[0]).is_file() for where in ELSEWHERE.values())


def _name(command: str) -> str:
    words = command.split()
    words = words[2:] if words[0] == "--store" else words
    return " ".join(words[:2] if words[0] == "alias" else words[:1])


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(below, (*path, name))
    if not hasattr(command, "commands"):
        yield " ".join(path)
