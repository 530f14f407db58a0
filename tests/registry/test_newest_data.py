"""The newest data: what is new is told, a run on it says so in its own commit, drift is measured."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.garden import Garden, parameters
from support.pipelines import Project
from support.training import train_as

from registry_tasks.entities.errors import InvalidPolicy, StageFailed
from registry_tasks.entities.registration import RegisterRun, Registration
from registry_tasks.entities.run import DataWanted, Train
from registry_tasks.faces.cli.app import run
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.drift import measure_drift
from registry_tasks.registry.experiments.newest_data import look_for_news

pytestmark = pytest.mark.slow
NEWEST = Train(model="mower", data=DataWanted.NEWEST)


@pytest.fixture
def garden(tmp_path: Path) -> Iterator[Garden]:
    made = Garden(tmp_path / "garden")
    made.make()
    yield made
    made.close()


def retrain(project: Project, request: Train = NEWEST) -> Registration:
    return register(project.registry(), RegisterRun(run=train_as(project, request)))


def test_a_new_month_is_told_trained_on_once_and_then_confirmed(garden: Garden) -> None:
    assert look_for_news(garden.registry(), "mower").what == ("no version is registered yet",)
    assert measure_drift(garden.registry(), "mower") is None
    assert retrain(garden).version.ref == "mower@1"
    assert look_for_news(garden.registry(), "mower").what == ()
    assert measure_drift(garden.registry(), "mower") is None, "the version has seen that month"

    garden.arrive(4)
    news = look_for_news(garden.registry(), "mower")
    second = retrain(garden)

    assert news.version == "mower@1"
    assert news.what[-1] == 'data.holdout: "2013-03" -> "2013-04"'
    assert second.created
    record = show(garden.registry(), "mower@2")
    assert record.parameters["data.months"] == ["2013-02", "2013-03"]
    assert record.bump == "patch"
    assert not retrain(garden).created
    assert look_for_news(garden.registry(), "mower").what == ()
    assert garden.git("status", "--porcelain") == ""
    assert examine(garden.registry()) == ()
    assert list((garden.state / "workspaces").iterdir()) == []


def test_what_is_said_by_hand_outranks_the_newest_window(garden: Garden) -> None:
    retrain(garden)
    garden.arrive(5)

    asked = NEWEST.model_copy(update={"parameters": {"data.holdout": "2013-05"}})
    made = retrain(garden, asked)

    assert show(garden.registry(), made.version.ref).parameters["data.holdout"] == "2013-05"


def test_drift_is_told_with_the_figures_that_it_comes_from(garden: Garden) -> None:
    retrain(garden)
    garden.arrive(4)

    drift = measure_drift(garden.registry(), "mower")

    assert drift is not None
    assert (drift.version, drift.newest) == ("mower@1", "data/2013-04.csv")
    assert drift.training == ("data/2013-01.csv", "data/2013-02.csv")
    assert (drift.training_rows, drift.newest_rows) == (120, 60)
    assert {c.column for c in drift.beyond} == {"x", "y"}
    most = drift.columns[0]
    assert most.index == max(c.index for c in drift.columns) > 1
    assert sum(b.newest for b in most.bins) == pytest.approx(1)


def test_the_command_tells_news_and_drift(
    garden: Garden, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in garden.variables().items():
        monkeypatch.setenv(name, value)
    retrain(garden)
    garden.arrive(4)

    assert run(["check-data", "mower"]) == 0
    told = capsys.readouterr().out
    assert run(["check-data", "--json"]) == 0
    mower, trimmer = json.loads(capsys.readouterr().out)["items"]

    assert told.startswith("mower: new since mower@1\n  data.months")
    assert "data/2013-04.csv against data/2013-01.csv, data/2013-02.csv, bound 1:" in told
    assert "drifted" in told
    assert mower["drift"]["columns"][0]["bins"][0].keys() == {"values", "training", "newest"}
    assert trimmer == {
        "news": {**trimmer["news"], "version": None, "what": ["no version is registered yet"]},
        "drift": None,
    }


@pytest.mark.parametrize(
    ("written", "mistake"),
    [
        ("data/{data.moons}.csv", "there is no parameter 'data.moons'"),
        ("data/{data.months}.csv", "names several files"),
        ("data/elsewhere.csv", "the pipeline makes no file data/elsewhere.csv"),
    ],
)
def test_a_mistake_in_the_bound_of_drift_is_told(
    garden: Garden, written: str, mistake: str
) -> None:
    retrain(garden)
    garden.arrive(4)
    text = parameters("wait").replace('newest: "data/{data.holdout}.csv"', f'newest: "{written}"')
    garden.commit({"params.yaml": text})

    with pytest.raises(InvalidPolicy, match=mistake):
        measure_drift(garden.registry(), "mower")


@pytest.mark.parametrize(
    ("code", "error", "mistake"),
    [
        ("raise SystemExit('the feed is away')", StageFailed, "the feed is away"),
        ("pass", InvalidPolicy, "did not write {next}"),
        ("import sys; open(sys.argv[2], 'w').write('[1]')", InvalidPolicy, "JSON object"),
    ],
)
def test_a_window_that_cannot_be_told_is_an_error_and_nothing_is_left(
    garden: Garden, code: str, error: type[Exception], mistake: str
) -> None:
    garden.commit({"window.py": code + "\n"})

    with pytest.raises(error, match=mistake):
        look_for_news(garden.registry(), "mower")
    with pytest.raises(error, match=mistake):
        train_as(garden, NEWEST)

    assert list((garden.state / "workspaces").iterdir()) == []
    assert examine(garden.registry()) == ()


def test_newer_imports_are_told_and_the_run_s_own_commit_names_them(
    project: Project, tmp_path: Path
) -> None:
    source = tmp_path / "source.csv"
    source.write_text("x,y\n1,2\n2,4\n")
    done = project.dvc("import-url", str(source), "imported.csv")
    assert done.returncode == 0, done.stderr
    text = (project.root / "dvc.yaml").read_text()
    project.commit({"dvc.yaml": text.replace("data/old.csv]", "data/old.csv, imported.csv]")})
    first = retrain(project)
    assert look_for_news(project.registry(), "mower").what == ()

    source.write_text("x,y\n1,2\n2,4\n3,7\n")
    told = look_for_news(project.registry(), "mower").what
    committed = retrain(project, Train(model="mower"))
    newest = retrain(project)

    assert told == ("imported.csv: its source has something newer",)
    assert committed.version.ref == first.version.ref, "what the commit names is what it was"
    assert newest.created
    assert newest.reasons == ("data: imported.csv",)
    assert look_for_news(project.registry(), "mower").what == ()
    assert newest.version.commit is not None
    kept = project.git("show", f"{newest.version.commit}:imported.csv.dvc")
    assert kept != project.git("show", "HEAD:imported.csv.dvc")
    assert project.git("status", "--porcelain") == ""
    assert examine(project.registry()) == ()
