"""The code of a version at its commit, by DVC stage; and its run as OpenLineage events."""

import json
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
from crash.pipeline_cases import train_and_record
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import RunEvent
from openlineage.client.transport.file import FileConfig, FileTransport
from support.pipelines import FILES, Project
from support.world import World

from registry_tasks.entities.errors import CodeNotHere, CodeNotRecorded, CommitNotFound
from registry_tasks.entities.lineage import NodeKind
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.faces.cli.trace import tree
from registry_tasks.registry.catalogue import openlineage
from registry_tasks.registry.catalogue.code import read_code
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.catalogue.trace import trace

pytestmark = pytest.mark.slow


@pytest.fixture
def made(project: Project) -> Project:
    """A project with one version of its pipeline's model, and newer code since."""
    project.moved()
    register(project.registry(), RegisterRun(run=train_and_record(project)))
    project.commit({"train.py": "raise SystemExit('broken since')\n"})
    return project


def test_each_stages_code_is_that_of_the_runs_own_commit(made: Project) -> None:
    found = read_code(made.registry(), "mower@1")

    assert {s.stage: [f.path for f in s.files] for s in found.stages} == {
        "raw": ["params.py", "raw.py"],
        "train": ["params.py", "train.py"],
        "evaluate": ["evaluate.py"],
    }
    commands = {s.stage: s.command for s in found.stages}
    assert commands["train"] == "python train.py"
    assert all(file.text is None for stage in found.stages for file in stage.files)
    assert found.signature is not None
    assert [column.name for column in found.signature.inputs] == ["x"]

    (train,) = read_code(made.registry(), "mower@1", "train").stages
    texts = {file.path: file.text for file in train.files}
    assert texts["train.py"] == FILES["train.py"]
    told = {file.path: file for file in train.files}["train.py"]
    assert told.md5 == md5(FILES["train.py"].encode(), usedforsecurity=False).hexdigest()
    assert told.blob == made.git("rev-parse", f"{found.commit}:train.py")


def test_a_member_of_a_foreach_is_its_stage(made: Project) -> None:
    (raw,) = read_code(made.registry(), "mower@1", "raw@old").stages
    assert raw.stage == "raw"


def test_what_cannot_be_shown_says_why(made: Project) -> None:
    with pytest.raises(
        CodeNotRecorded, match="no DVC stage 'prepare'; it has evaluate, raw, train"
    ):
        read_code(made.registry(), "mower@1", "prepare")
    path = made.folder / "weights.bin"
    path.write_bytes(b"weights")
    register_file(made.registry(), RegisterFile(model="loose", path=str(path)))
    with pytest.raises(CodeNotRecorded, match="no DVC pipeline made it"):
        read_code(made.registry(), "loose@1")


def test_code_of_another_repository_is_named_and_not_looked_for(made: Project) -> None:
    other = made.beside(made.folder / "other", World)
    other.make_project()
    with pytest.raises(CodeNotHere, match="run this in a checkout of that repository") as caught:
        read_code(other.registry(), "mower@1")
    assert made.git("rev-list", "--max-parents=0", "HEAD") in str(caught.value)


def test_a_clone_that_has_not_fetched_the_commit_says_so(made: Project) -> None:
    made.git("clone", "--quiet", "--no-local", "--no-tags", ".", str(made.folder / "clone"))
    clone = made.beside(made.folder / "clone", World)
    with pytest.raises(CommitNotFound, match="fetch it"):
        read_code(clone.registry(), "mower@1")


def events(project: Project) -> list[Any]:
    return [
        json.loads(text) for text in openlineage.openlineage_events(project.registry(), "mower@1")
    ]


def test_a_run_is_told_as_openlineage_events(made: Project) -> None:
    told = events(made)
    version = show(made.registry(), "mower@1").version

    stages = ["evaluate", "raw@new", "raw@old", "train"]
    assert sorted(e["job"]["name"] for e in told if e["eventType"] == "START") == sorted(
        ["mower", *stages]
    )
    assert [e["eventType"] for e in told] == ["START"] * 5 + ["COMPLETE"] * 5
    ended = {e["job"]["name"]: e for e in told if e["eventType"] == "COMPLETE"}
    train = ended["train"]
    assert [d["name"] for d in train["inputs"]] == ["data/old.csv"]
    assert {d["name"] for d in train["outputs"]} >= {"model/model.json", "model/signature.json"}
    (read,) = train["inputs"]
    (wrote,) = ended["raw@old"]["outputs"]
    assert (read["namespace"], read["name"]) == (wrote["namespace"], wrote["name"])
    assert read["facets"]["version"] == wrote["facets"]["version"]
    fields = read["facets"]["schema"]["fields"]
    assert [(f["name"], f["type"]) for f in fields] == [("x", "number"), ("y", "number")]
    location = train["job"]["facets"]["sourceCodeLocation"]
    assert (location["type"], location["version"]) == ("git", version.commit)
    assert train["job"]["facets"]["sourceCode"]["sourceCode"] == "python train.py"
    ran = {name: ended[name]["job"]["facets"]["sourceCode"]["sourceCode"] for name in stages}
    assert (ran["raw@old"], ran["raw@new"]) == ("python raw.py old", "python raw.py new")
    assert train["run"]["facets"]["parent"]["run"]["runId"] == version.run
    whole = ended["mower"]
    assert whole["run"]["runId"] == version.run
    assert [d["facets"]["version"]["datasetVersion"] for d in whole["outputs"]] == [version.md5]


def test_without_the_commit_at_hand_commands_are_told_as_declared(made: Project) -> None:
    made.git("clone", "--quiet", "--no-local", "--no-tags", ".", str(made.folder / "clone"))
    clone = made.beside(made.folder / "clone", World)
    told = [json.loads(e) for e in openlineage.openlineage_events(clone.registry(), "mower@1")]
    ran = {e["job"]["name"]: e["job"]["facets"].get("sourceCode") for e in told}
    assert ran["raw@old"]["sourceCode"] == "python raw.py ${item}"
    assert ran["train"]["sourceCode"] == "python train.py"


def test_each_event_is_one_that_the_clients_own_types_take(made: Project, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    transport = FileTransport(FileConfig(log_file_path=str(file), append=True))
    client = OpenLineageClient(transport=transport)
    for event in events(made):
        names = ("eventTime", "producer", "eventType", "run", "job", "inputs", "outputs")
        assert set(event) == {*names, "schemaURL"}
        assert event["schemaURL"].endswith("OpenLineage.json#/$defs/RunEvent")
        for dataset in (*event["inputs"], *event["outputs"]):
            for facet in dataset["facets"].values():
                assert facet["_producer"] == openlineage.PRODUCER
                assert facet["_schemaURL"].startswith("https://openlineage.io/spec/facets/")
    for event in made_events(made):
        client.emit(event)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["job"]["name"] for line in lines] == [e["job"]["name"] for e in events(made)]


def made_events(project: Project) -> list[RunEvent]:
    return list(openlineage.told_of(project.registry(), "mower@1").events())


def test_a_version_of_a_real_run_leads_back_to_the_first_data(made: Project) -> None:
    found = trace(made.registry(), "mower@1")
    stages = {n.label for n in found.nodes if n.kind is NodeKind.STAGE}
    assert stages == {f"DVC stage {name}" for name in ("train", "evaluate", "raw@old", "raw@new")}
    data = {n.id.partition("@")[0] for n in found.nodes if n.kind is NodeKind.DATASET}
    assert data == {"data/old.csv", "data/new.csv"}
    old = next(n for n in found.nodes if n.id.startswith("data/old.csv@"))
    (made_by,) = (e for e in found.edges if (e.target.kind, e.target.id) == (old.kind, old.id))
    assert (made_by.source.kind, made_by.by) == (NodeKind.STAGE, "raw@old")
    assert [e for e in found.edges if e.target == made_by.source] == []
    drawn = list(tree(found))
    above = next(place for place, line in enumerate(drawn) if "data/old.csv@" in line)
    assert drawn[above + 1].endswith("DVC stage raw@old")

    cut = trace(made.registry(), "mower@1", depth=2)
    assert not cut.is_whole
    assert {n.label for n in cut.nodes if n.kind is NodeKind.STAGE} == {
        "DVC stage train",
        "DVC stage evaluate",
    }
    assert trace(made.registry(), "mower@1", depth=3) == found
