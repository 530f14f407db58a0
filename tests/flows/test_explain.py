"""Why a metric changed: real counterfactual runs, held against the same sums done by hand."""

import os
import platform
import random
import zipfile
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from support.pipelines import Project
from support.training import train

from registry_tasks import Client
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.errors import NotExplainable, ProgramFailed
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import Execution, Train
from registry_tasks.registry.catalogue.compare import compare
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.counterfactual import plan_explanation
from registry_tasks.registry.experiments.environments import capture_environment
from registry_tasks.registry.experiments.exact_environments import make_environment
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.train import running
from registry_tasks.stores.dvc.reproduction import PipelineProcess, Rerun
from registry_tasks.stores.dvc.workspace import dvc_environment

from .conftest import StartFlow

pytestmark = pytest.mark.slow
BIASED = ('"base": mean("y") - slope * mean("x")', '"base": 0.5 + mean("y") - slope * mean("x")')


def registered(project: Project) -> str:
    run = train(project)
    return register(project.registry(), RegisterRun(run=run)).version.ref


def change_code(project: Project, old: str = BIASED[0], new: str = BIASED[1]) -> None:
    text = (project.root / "train.py").read_text()
    assert old in text
    project.commit({"train.py": text.replace(old, new)})


def month(seed: int, name: str) -> list[tuple[float, float]]:
    """What raw.py writes."""
    drawn = random.Random(f"{seed} {name}")
    rows = []
    for _ in range(60):
        x = drawn.random()
        rows.append((x, 2 * x + drawn.random()))
    return rows


def rmse(code: bool, data: bool, parameters: bool) -> float:
    """What train.py, score.py and the metric come to; each from after if true."""
    old, slope = month(5 if data else 1, "old"), 1.7 if parameters else 1.0
    base = 0.5 * code + sum(y for _, y in old) / 60 - slope * sum(x for x, _ in old) / 60
    return (sum((slope * x + base - y) ** 2 for x, y in month(5, "new")) / 60) ** 0.5


def shapley(value: Callable[..., float], causes: tuple[str, ...]) -> dict[str, float]:
    brought = dict.fromkeys(causes, 0.0)
    orders = list(permutations(causes))
    for order in orders:
        there: dict[str, bool] = {}
        for cause in order:
            before = value(**{c: there.get(c, False) for c in causes})
            there[cause] = True
            brought[cause] += value(**{c: there.get(c, False) for c in causes}) - before
    return {cause: total / len(orders) for cause, total in brought.items()}


def test_a_change_is_split_as_by_hand(project: Project, start_flow: StartFlow) -> None:
    before = registered(project)
    change_code(project)
    project.set_parameters(slope="1.7", seed="5")
    after = registered(project)
    made = start_flow("explain", before=before, after=after).result()
    causes = ("code", "data", "parameters")
    expected = shapley(rmse, causes)
    parts = {part["causes"][0]: part["change"] for part in made["parts"]}
    assert parts == pytest.approx(expected, rel=1e-9)
    assert sum(parts.values()) == pytest.approx(made["change"], rel=1e-12)
    assert made["value_before"] == pytest.approx(rmse(False, False, False))
    assert made["value_after"] == pytest.approx(rmse(True, True, True))
    assert (made["remainder"], made["remainder_is"]) == (0.0, None)
    assert (made["metric"], made["holdout"], made["rows"]) == ("rmse", "data/new.csv", 60)
    assert not made["labels_differ"]
    for one in made["runs"]:
        assert one["value"] == pytest.approx(rmse(**{c: c in one["causes"] for c in causes}))

    registry = project.registry()
    assert len(made["runs"]) == 6
    recorded = [run for run in list_runs(registry, "mower") if run.experiment == "counterfactual"]
    assert {run.uuid for run in recorded} == {one["run"] for one in made["runs"]}
    assert {run.status for run in recorded} == {"finished"}
    names = [f"run:{one['run']}" for one in made["runs"]]
    slopes = {r.name: r.values for r in compare(registry, names).rows}["mower.slope"]
    wanted = tuple(1.7 if "parameters" in one["causes"] else 1.0 for one in made["runs"])
    assert slopes == wanted
    assert project.git("status", "--porcelain") == ""

    again = start_flow("explain", before=before, after=after).result()
    assert again == made
    back = start_flow("explain", before=after, after=before).result()
    other_way = {frozenset(set(causes) - set(one["causes"])): one["run"] for one in back["runs"]}
    assert other_way == {frozenset(one["causes"]): one["run"] for one in made["runs"]}
    assert len(list_runs(project.registry(), "mower")) == 2 + 6
    project.set_parameters(slope="1.9")
    third = registered(project)
    more = start_flow("explain", before=before, after=third).result()
    assert {one["run"] for one in more["runs"]}.isdisjoint(one["run"] for one in made["runs"])


def test_one_cause_needs_no_run_and_has_all_of_it(project: Project, start_flow: StartFlow) -> None:
    before = registered(project)
    project.set_parameters(slope="1.7")
    after = registered(project)
    made = start_flow("explain", before=before, after=after).result()
    assert made["runs"] == []
    assert made["parts"] == [{"causes": ["parameters"], "change": made["change"]}]
    assert made["change"] != 0


def test_causes_that_only_run_together_share_a_part(
    project: Project, start_flow: StartFlow
) -> None:
    before = registered(project)
    change_code(project, 'slope = p["mower"]["slope"]', 'slope = {1.7: 1.5}[p["mower"]["slope"]]')
    project.set_parameters(slope="1.7", seed="5")
    after = registered(project)
    made = start_flow("explain", before=before, after=after).result()
    assert sorted(part["causes"] for part in made["parts"]) == [["code", "parameters"], ["data"]]
    assert sum(part["change"] for part in made["parts"]) == pytest.approx(made["change"])
    failed = [one["causes"] for one in made["runs"] if one["value"] is None]
    assert sorted(failed) == [["code"], ["code", "data"]]
    assert all("'train' failed" in one["failure"] for one in made["runs"] if one["failure"])


def test_data_that_dvc_tracks_is_exchanged_with_its_file(
    project: Project, start_flow: StartFlow
) -> None:
    """data/old.csv comes from ``dvc add`` in place of a DVC stage."""
    text = (project.root / "dvc.yaml").read_text().replace("foreach: [old, new]", "foreach: [new]")
    (project.root / "dvc.lock").unlink()
    (project.root / "data" / "old.csv").unlink()
    project.commit({"dvc.yaml": text, "data/.gitignore": "/new.csv\n"})
    _track(project, "x,y\n0.5,1.0\n1.0,2.0\n")
    before = registered(project)
    _track(project, "x,y\n0.5,3.0\n1.0,4.0\n")
    project.set_parameters(slope="1.7")
    after = registered(project)
    made = start_flow("explain", before=before, after=after).result()
    assert sorted(part["causes"] for part in made["parts"]) == [["data"], ["parameters"]]
    by_causes = {tuple(one["causes"]): one["value"] for one in made["runs"]}
    assert set(by_causes) == {("data",), ("parameters",)}

    def value(data: bool, parameters: bool) -> float:
        rows = [(0.5, 3.0 if data else 1.0), (1.0, 4.0 if data else 2.0)]
        slope = 1.7 if parameters else 1.0
        base = sum(y for _, y in rows) / 2 - slope * sum(x for x, _ in rows) / 2
        return (sum((slope * x + base - y) ** 2 for x, y in month(1, "new")) / 60) ** 0.5

    assert by_causes["data",] == pytest.approx(value(data=True, parameters=False))
    assert by_causes["parameters",] == pytest.approx(value(data=False, parameters=True))


SHIFTED = """
try:
    from tinypkg import SHIFT
except ImportError:
    SHIFT = 0.25
"""


def test_packages_are_a_cause_on_request_and_else_the_remainder(
    project: Project, start_flow: StartFlow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels = tmp_path / "wheels"
    for version, shift in (("1.0", 0.0), ("2.0", 0.5)):
        make_wheel(wheels, version, f"SHIFT = {shift}\n")
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    monkeypatch.setenv("UV_OFFLINE", "1")
    text = (project.root / "train.py").read_text().replace('"base": ', '"base": SHIFT + ')
    project.commit({"train.py": SHIFTED + text})
    before = train_with(project, "1.0")
    project.set_parameters(slope="1.7")
    after = train_with(project, "2.0")

    def value(parameters: bool, packages: bool, today: bool = False) -> float:
        old, slope = month(1, "old"), 1.7 if parameters else 1.0
        shift = 0.25 if today else 0.5 * packages
        base = shift + sum(y for _, y in old) / 60 - slope * sum(x for x, _ in old) / 60
        return (sum((slope * x + base - y) ** 2 for x, y in month(1, "new")) / 60) ** 0.5

    asked = {"before": before, "after": after}
    split = start_flow("explain", **asked, packages=True).result()
    parts = {part["causes"][0]: part["change"] for part in split["parts"]}
    assert parts == pytest.approx(shapley(value, ("parameters", "packages")), rel=1e-9)
    assert len(split["runs"]) == 2
    assert split["remainder_is"] is None

    named = start_flow("explain", **asked).result()
    in_all = value(True, True) - value(False, False)
    today = value(True, False, today=True) - value(False, False, today=True)
    assert named["parts"] == [{"causes": ["parameters"], "change": pytest.approx(today)}]
    assert named["change"] == pytest.approx(in_all)
    assert named["remainder"] == pytest.approx(in_all - today)
    assert named["remainder_is"] == "packages"


def train_with(project: Project, version: str) -> str:
    """Return a run whose steps had tinypkg, and nothing else, installed."""
    registry = project.registry()
    here = capture_environment(project.root)
    wanted = here.model_copy(update={"packages": {"tinypkg": version}, "direct_urls": {}})
    python = make_environment(registry, wanted)
    assert make_environment(registry, wanted) == python
    environment = dvc_environment(project.state)
    environment["PATH"] = os.pathsep.join([str(python.parent), environment["PATH"]])
    with running(registry, Train(model="mower")) as workspace:
        folder, logs = workspace.folder, workspace.logs
        with PipelineProcess(folder, None, logs, environment, Rerun.EVERYTHING) as process:
            ran = []
            for stage in process.stages():
                assert list(process.lines(stage))
                ran.append(stage)
        made = workspace.model_copy(update={"python": python})
        result = record(registry, made, Execution(stages=tuple(ran), cost=process.cost))
    assert result.environment.packages == {"tinypkg": version}
    return f"run:{workspace.run}"


def make_wheel(folder: Path, version: str, code: str) -> None:
    """Write a distribution as an index would have it."""
    folder.mkdir(exist_ok=True)
    about = f"tinypkg-{version}.dist-info"
    with zipfile.ZipFile(folder / f"tinypkg-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tinypkg/__init__.py", code)
        wheel.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: tinypkg\nVersion: {version}\n"
        )
        tag = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{about}/WHEEL", tag)
        names = ("tinypkg/__init__.py", f"{about}/METADATA", f"{about}/WHEEL", f"{about}/RECORD")
        wheel.writestr(f"{about}/RECORD", "".join(f"{name},,\n" for name in names))


def test_a_package_that_cannot_be_had_is_named(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    packages = {"tinypkg": "1.0"}
    wanted = Environment(python=platform.python_version(), platform="", packages=packages, files={})
    with pytest.raises(ProgramFailed, match="tinypkg"):
        make_environment(project.registry(), wanted)


def _track(project: Project, text: str) -> None:
    (project.root / "data" / "old.csv").unlink(missing_ok=True)
    (project.root / "data" / "old.csv").write_text(text)
    added = project.dvc("add", "data/old.csv")
    assert added.returncode == 0, added.stderr
    project.commit({})


def test_what_cannot_be_explained_says_why(project: Project) -> None:
    registry = project.registry()
    before = registered(project)
    with pytest.raises(NotExplainable, match="are the same in both"):
        plan_explanation(registry, before, before)
    (project.folder / "file").write_text("bytes")
    with Client(project.settings) as client:
        client.register(project.folder / "file", model="mower")
    with pytest.raises(NotExplainable, match="without a Git commit"):
        plan_explanation(registry, before, "mower@2")
