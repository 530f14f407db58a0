"""`make clean-demo` takes away what the demo made, and nothing of anybody else's."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from support.pipelines import ROOT, Project
from support.training import train

from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.run import Train
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.train import running
from registry_tasks.stores.dvc.cache import DvcCache

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clean_demo() -> ModuleType:
    spec = spec_from_file_location("clean_demo", ROOT / "examples" / "clean_demo.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def demo(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with the user's own objects in cache and remote; its runs are the demo's."""

    def demo_run(**asked: object) -> Train:
        return Train.model_validate({"experiment": "demo", **asked})

    monkeypatch.setattr("support.training.Train", demo_run)
    for folder in (project.root / ".dvc" / "cache", project.settings.remote):
        (folder / "files" / "md5" / "ab").mkdir(parents=True, exist_ok=True)
        (folder / "files" / "md5" / "ab" / ("c" * 30)).write_text("the user's")
    (project.root / ".dvc" / "cache" / "runs" / "kept").mkdir(parents=True)
    (project.root / ".dvc" / "tmp").mkdir(exist_ok=True)
    (project.root / ".dvc" / "tmp" / "kept").touch()
    return project


def everything(*folders: Path) -> dict[Path, bytes | None]:
    paths = [path for folder in folders for path in folder.rglob("*")]
    return {p: p.read_bytes() if p.is_file() else None for p in paths}


def everything_of(project: Project) -> tuple[dict[Path, bytes | None], str]:
    dvc = everything(project.root / ".dvc", project.state, project.settings.remote)
    return dvc, project.git("for-each-ref")


def test_without_a_demo_nothing_is_deleted(clean_demo: ModuleType, demo: Project) -> None:
    demo.git("update-ref", "refs/registry/runs/somebody", "HEAD")
    before = everything_of(demo)
    assert "nothing was deleted" in clean_demo.clean(demo.registry())
    demo.close()
    assert everything_of(demo) == before
    (demo.state / "registry.db").unlink()
    before = everything_of(demo)
    assert "nothing was deleted" in clean_demo.clean(demo.registry())
    assert everything_of(demo) == before


def test_with_other_runs_nothing_is_deleted(clean_demo: ModuleType, demo: Project) -> None:
    train(demo)
    register_file(demo.registry(), RegisterFile(model="other", path=str(demo.root / "dvc.yaml")))
    demo.close()
    before = everything_of(demo)
    with pytest.raises(SystemExit, match=r"other experiments \(files\); nothing was deleted"):
        clean_demo.clean(demo.registry())
    demo.close()
    assert everything_of(demo) == before


@pytest.mark.parametrize("is_inside", [True, False], ids=["remote-in-state", "remote-elsewhere"])
def test_what_the_demo_made_goes_and_the_rest_stays(
    clean_demo: ModuleType, demo: Project, monkeypatch: pytest.MonkeyPatch, is_inside: bool
) -> None:
    if is_inside:
        demo.settings.remote.rename(demo.state / "remote")
        (demo.folder / "remote").symlink_to(demo.state / "remote")
        settings = type(demo.settings)(**{**vars(demo.settings), "remote": demo.state / "remote"})
        monkeypatch.setattr(Project, "settings", settings)
    before = everything(demo.settings.remote)
    cache = DvcCache(demo.root / ".dvc" / "cache")
    users = {path for path in cache.root.rglob("files/md5/*/*") if path.is_file()}
    register(demo.registry(), RegisterRun(run=train(demo, {"mower.slope": 3.0})))
    artifacts = show(demo.registry(), "mower@1").manifest.artifacts
    cached = {path for path in cache.root.rglob("files/md5/*/*") if path.is_file()}
    made = {cache.path(artifact.md5) for artifact in artifacts} & cached
    demo.git("tag", "mine", "refs/tags/mower@v1.0.0^{commit}")
    demo.git("update-ref", "refs/registry/runs/somebody", "HEAD")
    with_demo = everything(demo.settings.remote)

    told = clean_demo.clean(demo.registry())

    assert told.startswith("took away 1 runs, ") and "1 tags" in told
    names = demo.git("for-each-ref", "--format=%(refname)").splitlines()
    assert names == ["refs/heads/main", "refs/registry/runs/somebody", "refs/tags/mine"]
    dvc = demo.root / ".dvc"
    objects = {path for path in (dvc / "cache" / "files").rglob("*") if path.is_file()}
    assert objects == cached - made and objects & users == users - made
    assert dvc / "cache" / "files" / "md5" / "ab" / ("c" * 30) in objects
    assert made - users  # such as the model, which only the demo made
    assert (dvc / "cache" / "runs" / "kept").is_dir() and (dvc / "tmp" / "kept").is_file()
    assert not (dvc / "config.local").exists()
    now = everything(demo.settings.remote)
    if is_inside:
        assert {p for p in now if p.is_file()} == {p for p, held in before.items() if held}
        assert "still there" in told
        assert {path.name for path in demo.state.iterdir()} == {"remote", ".gitignore"}
    else:
        assert now == with_demo
        assert not demo.state.exists()
    assert "nothing was deleted" in clean_demo.clean(demo.registry())


def test_a_configuration_with_anything_of_the_user_s_stays(
    clean_demo: ModuleType, demo: Project
) -> None:
    config = demo.root / ".dvc" / "config.local"
    written = config.read_text()
    for more in ("# mine\n", "[cache]\n    type = copy\n", "['remote \"mine\"']\n    url = /m\n"):
        config.write_text(written + more)
        clean_demo.remove_configuration(demo.root, demo.settings.remote)
        assert config.read_text() == written + more
    config.write_text(written)
    clean_demo.remove_configuration(demo.root, demo.settings.remote)
    assert not config.exists()
    clean_demo.remove_configuration(demo.root, demo.settings.remote)


def test_a_worktree_left_by_a_run_that_died_goes_and_the_user_s_stays(
    clean_demo: ModuleType, demo: Project
) -> None:
    workspaces = demo.state / "workspaces"
    with running(demo.registry(), Train(model="mower", experiment="demo")):
        demo.git("worktree", "add", "--detach", str(workspaces / "dead"))
        demo.git("worktree", "add", "--detach", str(demo.folder / "mine"))
    clean_demo.clean(demo.registry())
    worktrees = demo.git("worktree", "list", "--porcelain")
    assert str(demo.folder / "mine") in worktrees
    assert str(workspaces) not in worktrees


def test_the_script_itself_starts(
    clean_demo: ModuleType,
    demo: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(sys.prefix)
    monkeypatch.setattr(clean_demo, "PROJECT", demo.root)
    clean_demo.main()
    assert "nothing was deleted" in capsys.readouterr().out
