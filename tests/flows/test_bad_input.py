"""What can be wrong with a project: one clear error each, nothing registered, nothing half done.

Run as the flow runs it, with real Git and DVC, without Prefect.
"""

import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from support.pipelines import EVALUATE, PARAMS, TRAIN, Project
from support.training import train

import registry_tasks.entities.errors as e
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import RunStatus, Train
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_models, list_runs, show
from registry_tasks.registry.experiments.evaluate import evaluate
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.train import running, tidy_up
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata import sqlite

pytestmark = pytest.mark.slow


def failed(project: Project, error: type[Exception], told: str) -> str:
    """Train, expect an error, check that nothing came of it; returns the run's failure."""
    with pytest.raises(error, match=told) as caught:
        train(project)
    assert_nothing_registered(project)
    (run,) = list_runs(project.registry(), "mower")
    assert run.status is RunStatus.FAILED
    assert run.failure is not None and str(caught.value)[:60] in run.failure
    with pytest.raises(e.RunNotRegistrable):
        register(project.registry(), RegisterRun(run=run.uuid))
    return run.failure


def assert_nothing_registered(project: Project) -> None:
    registry = project.registry()
    assert all(model.versions == 0 for model in list_models(registry))
    assert examine(registry) == ()
    workspaces = project.state / "workspaces"
    assert not workspaces.exists() or list(workspaces.iterdir()) == []
    assert project.git("tag") == ""
    assert len(project.git("worktree", "list").splitlines()) == 1


# ------------------------------------------------------------------ before the run begins


def begin(project: Project, **asked: object) -> None:
    with running(project.registry(), Train.model_validate({"model": "mower", **asked})):
        raise AssertionError("it began")


def test_an_unknown_model_is_named_with_its_neighbours(project: Project) -> None:
    with pytest.raises(e.ModelNotFound, match="did you mean mower"):
        begin(project, model="mover")
    assert_nothing_registered(project)


def test_an_unknown_parameter_is_named_with_its_neighbours(project: Project) -> None:
    with pytest.raises(e.UnknownParameter, match=r"no parameter 'mower.slop'.*mower\.slope"):
        begin(project, parameters={"mower.slop": 1})
    assert_nothing_registered(project)


@pytest.mark.parametrize(
    ("value", "why"),
    [(2**64 - 1, "beyond 64 bits"), ("a\0b", "cannot be stored"), (float("nan"), "no number")],
)
def test_a_parameter_that_no_database_keeps_is_refused(
    project: Project, value: object, why: str
) -> None:
    with pytest.raises(e.InvalidDocument, match=why) as refused:
        begin(project, parameters={"mower.slope": value})
    assert refused.value.path == '$["mower.slope"]'
    assert_nothing_registered(project)


def test_a_parameters_file_with_one_is_refused_before_anything_runs(project: Project) -> None:
    project.commit({"params.yaml": f"{PARAMS}\nseed: {2**64 - 1}\n"})
    with pytest.raises(e.InvalidProject, match=r"params.yaml: .*\$\.seed: a whole number beyond"):
        begin(project)
    assert_nothing_registered(project)


def test_a_parameter_of_another_file_fails_its_run_and_is_named(project: Project) -> None:
    text = (project.root / "dvc.yaml").read_text()
    named = "params: [mower]"
    assert named in text
    project.commit(
        {
            "dvc.yaml": text.replace(named, "params: [mower, more.yaml: [seed]]", 1),
            "more.yaml": f"seed: {2**64 - 1}\n",
        }
    )
    told = r"dvc.lock: stage 'train': parameters refused at \$\[\"more.yaml:seed\"\]: a whole"
    failed(project, e.InvalidProject, told)


def test_an_unknown_commit_is_named(project: Project) -> None:
    with pytest.raises(e.CommitNotFound, match="fetch it, or name another"):
        begin(project, commit="0" * 40)
    assert_nothing_registered(project)


def test_a_dirty_checkout_is_refused_where_policy_says_so(project: Project) -> None:
    project.commit({"params.yaml": PARAMS + "      require_clean: true\n"})
    (project.root / "train.py").write_text(TRAIN + "\n# more\n")
    with pytest.raises(e.DirtyCheckout, match=r"train.py; commit or stash"):
        begin(project)
    assert project.git("status", "--porcelain") == "M train.py"
    begun = Train(model="mower", commit="HEAD")
    with running(project.registry(), begun) as workspace:  # a commit is clean
        assert (workspace.folder / "train.py").read_text() == TRAIN


def test_uncommitted_changes_go_into_the_runs_own_commit(project: Project) -> None:
    (project.root / "train.py").write_text(TRAIN + "\n# more\n")
    (project.root / "note.txt").write_text("new\n")
    head, status = project.git("rev-parse", "HEAD"), project.git("status", "--porcelain")

    made = register(project.registry(), RegisterRun(run=train(project)))

    assert (project.git("rev-parse", "HEAD"), project.git("status", "--porcelain")) == (
        head,
        status,
    )
    found = show(project.registry(), "mower@1")
    assert (found.version.grade, found.run.origin.uncommitted) == ("D", ("note.txt", "train.py"))
    assert project.git("show", f"{made.version.commit}:note.txt") == "new"
    assert project.git("show", f"{made.version.commit}:train.py").endswith("# more")


def test_what_is_no_git_repository_is_refused(tmp_path: Path) -> None:
    settings = Settings(
        project=tmp_path,
        state=tmp_path / "state",
        store_url=f"sqlite:///{tmp_path / 'state' / 'r.db'}",
        remote=tmp_path / "remote",
        cache=tmp_path / "cache",
        actor="ada",
    )
    with (
        pytest.raises(e.NotAProject, match="is not a Git repository.*REGISTRY_PROJECT"),
        running(Registry(settings), Train(model="mower")),
    ):
        pass


def test_what_is_no_dvc_project_is_refused(project: Project) -> None:
    project.git("rm", "--quiet", "dvc.yaml")
    project.commit({})
    with pytest.raises(e.NotAProject, match="is not a DVC repository"):
        begin(project)


# ------------------------------------------------------------------------ the run fails


def test_a_failing_dvc_stage_shows_the_end_of_its_log(project: Project) -> None:
    project.commit({"train.py": "print('sowing')\nraise SystemExit('no \\0 rain')\n"})
    failure = failed(project, e.StageFailed, "DVC stage 'train' failed; nothing was registered")
    assert "sowing" in failure and "rain" in failure


@pytest.mark.parametrize(
    ("metrics", "told"),
    [
        ('{"rmse": NaN}', "rmse is nan; a metric must be a finite number"),
        ('{"rmse": 1e999}', "rmse is inf"),
        ('{"rmse": 1' + "0" * 400 + "}", "rmse"),
        ('{"rmse": "low"}', "rmse is 'low', not a number"),
        ("rmse = 1", "it is not JSON"),
        ("[1, 2]", "a JSON object of names and numbers"),
        ("", "it is not JSON"),
    ],
)
def test_metrics_that_are_no_numbers_are_refused(project: Project, metrics: str, told: str) -> None:
    project.commit({"evaluate.py": f"open('metrics.json', 'w').write({metrics!r})\n"})
    failed(project, e.InvalidMetrics, told)


def test_a_metrics_file_that_nobody_writes_is_named(project: Project) -> None:
    text = (project.root / "dvc.yaml").read_text()
    project.commit({"dvc.yaml": text.replace("metrics: metrics.json", "metrics: numbers.json")})
    failed(project, e.InvalidMetrics, "numbers.json: the pipeline did not write it")


def test_the_metric_of_a_gate_must_be_there(project: Project) -> None:
    text = EVALUATE.replace('"rmse":', '"error":')
    project.commit({"evaluate.py": text})
    register(project.registry(), RegisterRun(run=train(project)))
    with pytest.raises(e.GateFailed, match="no such metric; the run has error, rows"):
        promote(project.registry(), Promote(ref="mower@1", to="staging"))
    assert project.stages() == {1: "experiment"}


def test_a_curve_with_one_step_twice_is_refused(project: Project) -> None:
    text = TRAIN.replace("\\\\n1\\\\t0.5", "\\\\n0\\\\t0.5").replace("\\n1\\t0.5", "\\n0\\t0.5")
    assert text != TRAIN
    project.commit({"train.py": text})
    failed(project, e.InvalidMetrics, "curves/loss.tsv: step 0")


def test_an_empty_model_file_is_refused(project: Project) -> None:
    emptied = TRAIN + "\nopen('model/model.json', 'w').close()\n"
    project.commit({"train.py": emptied, "evaluate.py": "open('metrics.json','w').write('{}')"})
    failed(project, e.InvalidArtifact, "model/model.json: it is empty")


def test_a_model_file_that_is_not_written_fails_its_stage(project: Project) -> None:
    project.commit({"train.py": TRAIN + "\nos.remove('model/model.json')\n"})
    failed(project, e.StageFailed, "model.json")


def test_a_run_that_cannot_be_ended_now_is_ended_by_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.1)
    with (
        ExitStack() as afterwards,
        pytest.raises(ZeroDivisionError),  # what ended it, not that the store is locked
        running(project.registry(), Train(model="mower")),
    ):
        afterwards.enter_context(project.registry().metadata.writing("somebody else"))
        raise ZeroDivisionError
    (run,) = list_runs(project.registry(), "mower")
    assert run.status is RunStatus.RUNNING

    tidy_up(project.registry())

    (run,) = list_runs(project.registry(), "mower")
    assert run.status is RunStatus.FAILED
    assert_nothing_registered(project)


def test_a_signature_that_is_none_is_refused(project: Project) -> None:
    project.commit({"train.py": TRAIN + "\nopen('model/signature.json', 'w').write('{}')\n"})
    failed(project, e.InvalidProject, "model/signature.json: not a signature")


# --------------------------------------------------------------------------- damaged bytes


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    digit = next(i for i in range(len(content) // 2, len(content)) if chr(content[i]).isdigit())
    content[digit] ^= 1  # so that it is still a number, only not the right one
    path.chmod(0o644)
    path.write_bytes(content)


def place(root: Path, md5: str) -> Path:
    return root / "files" / "md5" / md5[:2] / md5[2:]


def md5_of(project: Project, path: str) -> str:
    lines = (project.root / "dvc.lock").read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip() == f"- path: {path}")
    return lines[at + 2].strip().removeprefix("md5: ")


def test_a_partition_that_rotted_in_the_cache_is_found(project: Project) -> None:
    rotten = place(project.root / ".dvc" / "cache", md5_of(project, "data/old.csv"))
    before = rotten.stat()
    flip(rotten)
    rotten.chmod(before.st_mode)  # rot leaves no trace but the bytes
    os.utime(rotten, ns=(before.st_atime_ns, before.st_mtime_ns))
    failed(project, e.ObjectCorrupt, "data/old.csv")


def test_a_partition_that_somebody_edited_in_the_cache_is_made_anew(project: Project) -> None:
    good = train(project)
    flip(place(project.root / ".dvc" / "cache", md5_of(project, "data/old.csv")))

    again = train(project)

    assert register(project.registry(), RegisterRun(run=good)).created
    assert not register(project.registry(), RegisterRun(run=again)).created
    assert examine(project.registry()) == ()


def test_a_partition_that_rotted_in_the_remote_is_found_before_registering(
    project: Project,
) -> None:
    run = train(project)
    flip(place(project.settings.remote, md5_of(project, "data/new.csv")))

    with pytest.raises(e.ObjectCorrupt, match=r"data/new.csv.*registry doctor"):
        register(project.registry(), RegisterRun(run=run))
    assert project.git("tag") == ""


def test_the_next_recording_mends_the_remote(project: Project) -> None:
    first = train(project)
    flip(place(project.settings.remote, md5_of(project, "data/new.csv")))

    second = train(project)

    assert register(project.registry(), RegisterRun(run=first)).created
    assert not register(project.registry(), RegisterRun(run=second)).created
    assert examine(project.registry()) == ()


def test_a_remote_that_is_gone_is_named(project: Project) -> None:
    run = train(project)
    project.settings.remote.rename(project.folder / "elsewhere")
    with pytest.raises(e.RemoteMissing, match="set REGISTRY_REMOTE or mount it"):
        register(project.registry(), RegisterRun(run=run))
    (project.folder / "elsewhere").rename(project.settings.remote)
    assert register(project.registry(), RegisterRun(run=run)).created


def test_a_remote_that_is_gone_is_not_made_anew(project: Project) -> None:
    train(project)
    project.settings.remote.rename(project.folder / "elsewhere")
    with pytest.raises(e.RemoteMissing, match="it is gone, though runs are on record"):
        begin(project)
    assert not project.settings.remote.exists()
    assert len(list_runs(project.registry(), "mower")) == 1
    (project.folder / "elsewhere").rename(project.settings.remote)
    train(project)


def test_a_remote_that_is_a_file_is_named(project: Project) -> None:
    project.settings.remote.rename(project.folder / "elsewhere")
    project.settings.remote.touch()
    with pytest.raises(e.RemoteMissing):
        begin(project)


# ------------------------------------------------------------------------------- scoring


@pytest.fixture
def held(project: Project) -> Project:
    """Version 1 in production."""
    register(project.registry(), RegisterRun(run=train(project)))
    project.raise_to("mower@1", "staging", "production")
    return project


@pytest.mark.parametrize(
    ("score", "error", "told"),
    [
        ("raise SystemExit('blunt')", e.StageFailed, "blunt"),
        ("pass", e.NotScorable, "wrote no label,prediction CSV"),
        (
            "import sys; open(sys.argv[2], 'w').write('label,prediction\\n1,nan\\n2,1\\n')",
            e.NotScorable,
            "not finite predictions",
        ),
    ],
)
def test_a_score_command_that_fails_makes_no_comparison(
    held: Project, score: str, error: type[Exception], told: str
) -> None:
    held.commit({"score.py": score + "\n"})
    run = train(held, {"mower.slope": 2.0})
    with pytest.raises(error, match=told):
        evaluate(held.registry(), run)
    made = register(held.registry(), RegisterRun(run=run)).version
    assert show(held.registry(), made.ref).comparisons == ()
    assert list((held.state / "workspaces").iterdir()) == []


def test_recording_twice_is_recording_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the store was locked at the end, and Prefect runs the task again."""
    executions: list[Callable[[], object]] = []

    def twice(registry: Registry, workspace: object, execution: object) -> object:
        from registry_tasks.stores.metadata import runs

        def locked(*_: object) -> None:
            raise e.StoreLocked("the store")

        with monkeypatch.context() as patch:
            patch.setattr(runs, "finish", locked)
            with pytest.raises(e.StoreLocked):
                record(registry, workspace, execution)  # type: ignore[arg-type]
        first = record(registry, workspace, execution)  # type: ignore[arg-type]
        assert record(registry, workspace, execution).commit == first.commit  # type: ignore[arg-type]
        executions.append(lambda: first)
        return first

    monkeypatch.setattr("support.training.record", twice)
    run = train(project)
    assert executions
    assert register(project.registry(), RegisterRun(run=run)).version.number == 1
    assert json.loads(project.git("show", "mower@v1.0.0:registry.json"))["run"] == run
