"""A version of many files, killed again and again while they are stored, and a second verifier."""

import json
import random
import subprocess
from contextlib import ExitStack
from hashlib import md5
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML
from support.crew import Hand
from support.disk import Action, Fault
from support.pipelines import DVC_YAML, FILES, Project
from support.world import MODEL, copy_tree

from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import Train
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_versions
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.train import running
from registry_tasks.stores.dvc.workspace import point_workspace

from .looking import tidy
from .pipeline_cases import EXECUTION
from .surviving import in_group

_CHANGES_A_FILE = 5  # create, write, sync, rename, sync of the folder
_IN_GIT = ("model/signature.json", "curves", "metrics.json")  # `cache: false`
_MANY = """
import pathlib, sys
folder = pathlib.Path("data/many")
folder.mkdir(parents=True)
for number in range(int(sys.argv[1])):
    (folder / f"{number}.txt").write_text(f"file {number}\\n" * 20)
"""


class Storing(NamedTuple):
    """What a series of kills came to."""

    files: int
    kills: int
    versions: int  # that were registered in the end, and found complete


def make_project(folder: Path, files: int) -> None:
    """Make a project whose pipeline writes a directory of many files, and run it once."""
    stage = (
        f"  many:\n    cmd: python many.py {files}\n    deps: [many.py]\n    outs: [data/many]\n"
    )
    text = DVC_YAML.replace("  train:\n", stage + "  train:\n")
    text = text.replace(
        "data/old.csv]\n    params: [mower]", "data/old.csv, data/many]\n    params: [mower]"
    )
    changed = {"dvc.yaml": text, "many.py": _MANY, "data/.gitignore": "/*.csv\n/many\n"}
    Project(folder).make_pipeline({**FILES, **changed})


def store_and_die(hand: Hand, template: Path, files: int, kills: int, seed: int) -> Storing:
    """Let one of the crew be killed its share of times while it stores; then see all of it."""
    chance = random.Random(f"{seed} {hand.number}")
    share = kills // hand.size + (hand.number < kills % hand.size)
    step = max(1, 2 * files * _CHANGES_A_FILE // max(1, share))
    died = versions = 0
    while died < share:
        copy_tree(template, hand.folder / "world")
        project = Project(hand.folder / "world")
        project.moved()
        with ExitStack() as stack:
            workspace = stack.enter_context(running(project.registry(), Train(model=MODEL)))
            while _dies(hand, project, workspace, chance.randint(1, step)):
                died += 1
                assert verify(project) == 0, "there is a version, and its maker was killed"
        tidy(project)
        assert verify(project) == 1
        versions += 1
        _pull_anew(hand, project, files)
        project.close()
    return Storing(files, died, versions)


def _dies(hand: Hand, project: Project, workspace: Workspace, at: int) -> bool:
    def work() -> None:
        record(project.registry(), workspace, EXECUTION)
        register(project.registry(), RegisterRun(run=workspace.run))

    project.close()
    said = hand.folder / "said"
    remote = project.folder / "remote"
    status = in_group(work, said, lambda: hand.orders.give(remote, Fault(Action.KILL, at)))
    hand.orders.end()
    if hand.orders.hit is None:
        assert status == 0, said.read_text()
        return False
    return True


def verify(project: Project) -> int:
    """Prove each version's objects with nothing of the registry but its list of commits.

    Returns how many versions there are. No object may have a wrong name either.
    """
    remote = project.folder / "remote" / "files" / "md5"
    for path in remote.glob("??/*"):
        name = (path.parent.name + path.name).removesuffix(".dir")
        assert md5(path.read_bytes()).hexdigest() == name, f"{path} holds something else"
    versions = list_versions(project.registry(), MODEL)
    for version in versions:
        lock = YAML(typ="safe").load(project.git("show", f"{version.commit}:dvc.lock"))
        outs = [out for stage in lock["stages"].values() for out in stage["outs"]]
        for out in outs:
            if out["path"] not in _IN_GIT:
                _check_object(remote, out["md5"])
    return len(versions)


def _check_object(remote: Path, name: str) -> None:
    path = remote / name[:2] / name[2:]
    assert path.is_file(), f"{name} is missing"
    if name.endswith(".dir"):
        for entry in json.loads(path.read_bytes()):
            _check_object(remote, entry["md5"])


def _pull_anew(hand: Hand, project: Project, files: int) -> None:
    """The real DVC, in a fresh clone with an empty cache, brings every file."""
    clone = hand.folder / "clone"
    copy_tree(project.root / ".git", clone / ".git")
    subprocess.run(["git", "reset", "-q", "--hard", "mower@v1.0.0"], cwd=clone, check=True)
    point_workspace(clone, clone / ".dvc" / "cache", project.settings.remote)
    done = project.dvc("pull", "data/many", "model/model.json", folder=clone)
    assert done.returncode == 0, done.stdout + done.stderr
    pulled = [path.read_text() for path in (clone / "data" / "many").iterdir()]
    assert sorted(pulled) == sorted(f"file {n}\n" * 20 for n in range(files))
