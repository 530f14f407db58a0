"""The command line over HTTP prints what it prints beside the store, and loads no more than it needs."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import lightgbm
import numpy as np
import pytest

from registry_tasks import connect, errors

from ..conftest import Cli
from ..test_public_surface import HEAVY, LOADED
from .conftest import Roads

pytestmark = pytest.mark.slow

SDK: Final = Path(__file__).parents[3] / "docs" / "sdk.md"
LOOKING = [
    ("models",),
    ("models", "--json"),
    ("versions", "mower", "--deleted"),
    ("runs", "mower"),
    ("show", "mower"),
    ("show", "mower@1"),
    ("show", "mower@1", "--json"),
    ("resolve", "mower@champion"),
    ("resolve", "mower@1", "--at", "2999-01-01T00:00Z", "--json"),
    ("search", "metrics.auc > 0.5", "--order-by", "metrics.auc desc"),
    ("search", "runs", "--limit", "2"),
    ("search", "models", "--csv"),
    ("compare", "mower@1", "mower@2"),
    ("diff", "mower@1", "mower@2", "--json"),
    ("history", "mower"),
    ("tenures", "mower@production"),
    ("lineage", "mower@2"),
    ("lineage", "mower@2", "--openlineage"),
    ("environment", "mower@1"),
    ("environment", "mower@1", "--as", "json"),
    ("experiments",),
    ("sweeps",),
    ("deployment", "list", "mower"),
    ("notes", "mower"),
    ("schema", "show", "mower"),
    ("data", "list"),
    ("data", "show", "data"),
    ("approvals", "kite"),
    ("code", "mower@1"),
    ("show", "mower@99"),
    ("search", "nonsense nonsense"),
    ("promote", "kite@3", "--to", "production"),
]


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_a_command_prints_the_same_on_both_roads(
    reading: Roads, cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    http = cli("--store", reading.http.settings.store_url, *words)
    settings = reading.local.settings
    monkeypatch.setenv("REGISTRY_PROJECT", str(settings.project))
    local = cli("--store", settings.store_url, *words)
    assert (http.code, http.out, http.err) == (local.code, local.out, local.err)
    assert http.out or http.err


def test_commands_change_things_over_http(roads: Roads, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"weights")
    store = roads.http.settings.store_url
    for words in (
        ("register", str(tmp_path / "weights.bin"), "--model", "other"),
        ("note", "other@1", "over HTTP"),
        ("promote", "other@1", "--to", "staging"),
        ("alias", "set", "other@1", "hero"),
        ("download", "other@hero", "--to", str(tmp_path / "copy.bin")),
    ):
        answer = cli("--store", store, *words)
        assert answer.code == 0, answer.err
    assert (tmp_path / "copy.bin").read_bytes() == b"weights"
    assert roads.local.resolve("other@hero").stage == "staging"
    assert roads.local.notes("other@1")[0].text == "over HTTP"


@pytest.mark.parametrize(
    "words", [("doctor",), ("export", "out"), ("sync",), ("plot", "trend", "mower", "--to", "t.html")]
)  # fmt: skip
def test_a_command_that_needs_the_store_says_so(
    reading: Roads, cli: Cli, words: tuple[str, ...]
) -> None:
    answer = cli("--store", reading.http.settings.store_url, *words)
    assert answer.code == 5, answer.err
    assert "is not done over HTTP" in answer.err


def test_the_example_of_the_page_on_the_sdk_runs(
    roads: Roads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = re.findall(r"```py\n(.*?)```", SDK.read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    data = lightgbm.Dataset(np.arange(40.0).reshape(-1, 1), np.arange(40.0))
    lightgbm.train({"verbosity": -1, "num_threads": 1}, data, 2).save_model("model.txt")
    roads.local.register("model.txt", model="delay", format="lightgbm")
    served = {
        "delay@production": "delay@1",
        "http://registry.example.org": roads.http.settings.store_url,
    }
    for written, meant in served.items():
        example = example.replace(written, meant)
    told: dict[str, Any] = {"connect": connect, "errors": errors, "token": None}
    exec(compile(example, SDK.name, "exec"), told)  # noqa: S102
    assert told["made"].version.ref == "delay@2"
    assert told["model"].num_trees() >= 1


def test_resolving_over_http_loads_nothing_heavy(
    reading: Roads, python: Callable[[str], str]
) -> None:
    """rich is no need of ours: httpx brings it along where it is installed."""
    program = f"""
import sys
import registry_tasks
found = registry_tasks.connect({reading.http.settings.store_url!r}).resolve("mower@1")
assert found.number == 1
{LOADED}
"""
    assert HEAVY & set(python(program).split()) <= {"rich"}


def test_a_client_without_httpx_names_the_extra(tmp_path: Path) -> None:
    program = """
import sys
sys.modules["httpx"] = None
from registry_tasks import connect, errors
try:
    connect("http://127.0.0.1:9")
except errors.ExtraMissing as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert "pip install 'registry-tasks[client]'" in done.stdout
