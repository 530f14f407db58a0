"""``registry data`` and ``registry environment``, and the pages on them."""

import json
import re
import shlex
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
import sqlalchemy as sa

from registry_tasks import Client
from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.entities.environment import DirectUrl, Environment, UrlKind
from registry_tasks.entities.hardware import Gpu, Hardware
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import Cost, Origin, RunResult, RunStart
from registry_tasks.registry.catalogue.register import write_version
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import runs, tables as t
from registry_tasks.stores.metadata.models import put_model

from .conftest import MODEL, Cli
from .test_docs import DOCS, check_shape

pytestmark = pytest.mark.slow

NAME: Final = "data/features/2013-01.csv"
MD5: Final = "7c6a180b36896a0a8c02787eeafb0e4c"
LOCK: Final = b"numpy==2.4.0 \\\r\n    --hash=sha256:00\n"


@pytest.fixture
def read(told: Client, alone: Path) -> Client:
    """A store with a fourth version, which a pipeline made of data."""
    (alone / "requirements.lock").write_bytes(LOCK)
    registry = Registry(told.settings)
    commit = registry.repository.snapshot("run", "tester")
    start = RunStart(
        uuid=str(uuid4()),
        model=MODEL,
        experiment="default",
        origin=Origin(project="home", repository="home", base_commit=commit),
        flow_run=None,
    )
    made = _result(commit)
    with registry.metadata.writing("tester") as tx:
        run_id = runs.start(tx, put_model(tx, MODEL), start)
        runs.finish(tx, run_id, made)
        row = runs.get_row(tx.connection, start.uuid)
        write_version(tx, row, made.manifest, RegisterRun(run=start.uuid))
        version = tx.connection.execute(sa.select(sa.func.max(t.version.c.id))).scalar_one()
        tx.connection.execute(
            sa.insert(t.deployment).values(
                uuid="d", model_id=row.model_id, version_id=version, environment="eu",
                place="pod 7", reason="", since=tx.at, by="tester",
            )
        )  # fmt: skip
        tx.commit()
    registry.close()
    described = {"owner": "ops", "sensitivity": "internal", "retain_until": "2030-12-31"}
    told.describe_dataset(NAME, **described)  # type: ignore[arg-type]
    return told


def _result(commit: str) -> RunResult:
    artifact = Artifact(
        path="model.txt",
        md5="1" * 32,
        sha256="2" * 64,
        size_bytes=3,
        home=Home.REMOTE,
        stage="train",
    )
    ours = DirectUrl(kind=UrlKind.LOCAL, url="file:///home/ada/ours", editable=True)
    environment = Environment(
        python="3.11.7",
        platform="linux-x86_64",
        packages={"numpy": "2.4.0", "ours": "0.1.0"},
        files={"requirements.lock": sha256(LOCK).hexdigest()},
        direct_urls={"ours": ours},
    )
    recipe = Recipe(
        code={}, commands={}, resolved="", parameters={}, data={NAME: MD5}, environment="e"
    )
    use = DatasetUse(name=NAME, md5=MD5, size_bytes=2311, files=1, stage="train-delay")
    shape = DatasetShape(
        name=NAME,
        md5=MD5,
        format="csv",
        rows=60,
        columns=(DatasetColumn(name="dis\x1btance", type="integer"),),
        source="https://example.org/flights.csv",
    )
    gpu = Gpu(name="NVIDIA T4", memory_bytes=15360 << 20, driver="550.1")
    return RunResult(
        commit=commit,
        recipe=recipe,
        environment=environment,
        parameters={},
        metrics={},
        points=(),
        datasets=(use,),
        manifest=Manifest(artifacts=(artifact,)),
        cost=Cost(duration_s=1, cpu_s=1, peak_memory_bytes=1),
        model_path="model.txt",
        model_format="text",
        signature=None,
        shapes=(shape,),
        hardware=Hardware(cpu="AMD EPYC", cores=2, memory_bytes=25276518400, gpus=(gpu,)),
    )


# -------------------------------------------------------------------- what the pages promise


def examples(page: str) -> list[Any]:
    return [
        json.loads(found)
        for found in re.findall(r"```json\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    ]


def test_the_json_is_what_the_pages_say(read: Client, cli: Cli) -> None:
    summary, record, user = examples("data.md")
    (environment,) = examples("environments.md")
    state = summary["newest"]
    for arguments, documented in (
        (("data", "list"), {"items": [summary]}),
        (("data", "show", NAME), record),
        (("data", "versions", NAME), {"items": [state]}),
        (("data", "uses", f"{NAME}@{MD5}"), {"items": [user]}),
        (("data", "describe", NAME, "--owner", "ops"), {k: record[k] for k in ("name", "profile")}),
        (("environment", f"{MODEL}@4"), environment),
    ):
        answer = cli(*arguments, "--json")
        assert answer.code == 0, answer.err
        check_shape(answer.document, documented, " ".join(arguments))
        assert answer.document.get("items") != []
    found = cli("environment", f"{MODEL}@4", "--as", "files", "--json").document
    assert [list(item) for item in found["items"]] == [["path", "sha256", "text"]]


def test_the_command_of_the_page_on_data_runs(read: Client, cli: Cli) -> None:
    (command,) = re.findall(r"```sh\n(.*?)```", (DOCS / "data.md").read_text(), re.DOTALL)
    program, *words = shlex.split(command)
    assert (program, cli(*words).code) == ("registry", 0)
    said = read.dataset(NAME).profile
    assert (said.owner, said.sensitivity, str(said.retain_until)) == (
        "ops",
        "internal",
        "2030-12-31",
    )


def test_the_page_on_data_names_every_limit() -> None:
    from registry_tasks.entities.dataset import Sensitivity
    from registry_tasks.stores.data import table

    page = (DOCS / "data.md").read_text()
    limits = (table.MAX_CELLS, table.MAX_COLUMNS, table.MAX_FILES, table.MAX_LINE)
    assert [f"{limit:,}" for limit in limits if f"{limit:,}" not in page] == []
    assert (table.MAX_BYTES, "1 GiB" in page) == (1 << 30, True)
    assert f"names of {table.MAX_COLUMN_NAME} characters" in page
    assert re.findall(r"^\| `(\w+)` \| \w", page, re.MULTILINE)[-4:] == list(Sensitivity)


# -------------------------------------------------------------------- data


def test_people_see_tables_and_pages(read: Client, cli: Cli) -> None:
    listed = cli("data", "list").out.splitlines()
    assert re.search(rf"{NAME}\s+{MD5}\s+60\s+2.3 KiB\s+ops\s+internal\s+1", listed[-1])
    shown = cli("data", "show", NAME).out
    for words in (
        f"{NAME}@{MD5}",
        "rows          60",
        "2.3 KiB in 1 file",
        "dis\\x1btance",
        "owner",
    ):
        assert words in shown
    assert MD5 in cli("data", "versions", NAME).out
    used = cli("data", "uses", f"md5:{MD5}").out
    assert re.search(r"flight-delay@4\s+C\s+experiment\s+eu: pod 7\s+train-delay", used)


def test_lists_say_how_to_go_on(read: Client, cli: Cli) -> None:
    assert f"registry data list --after {NAME}" in cli("data", "list", "--limit", "1").out
    assert cli("data", "list", "--after", NAME, "--json").document == {"items": []}
    assert f"--before {MD5}" in cli("data", "versions", NAME, "--limit", "1").out
    used = cli("data", "uses", f"md5:{MD5}", "--limit", "1").out
    run = read.show(f"{MODEL}@4").run.uuid
    assert f"registry data uses md5:{MD5} --before {run}" in used


def test_what_was_said_is_shown_with_who_and_when(read: Client, cli: Cli) -> None:
    assert cli("data", "describe", NAME, "--description", "All\nflights", "--owner", "").code == 0
    shown = cli("data", "show", NAME).out
    assert "  All\n  flights\n" in shown
    assert shown.count(" tester: ") == 2
    assert read.dataset(NAME).profile.owner == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("describe", NAME), 2, "name at least one field"),
        (("describe", NAME, "--sensitivity", "secret"), 2, "public, internal, confidential"),
        (("describe", NAME, "--retain-until", "soon"), 2, "2027-12-31"),
        (("describe", NAME, "--owner", "\x1b[1m"), 2, "printable"),
        (("describe", "nothing", "--owner", "ops"), 3, "registry data list"),
        (("show", "nothing"), 3, "registry data list"),
        (("show", f"{NAME}@{'0' * 32}"), 3, "registry data list"),
        (("versions", "data/../../etc"), 3, "registry data list"),
        (("versions", NAME, "--before", "forged"), 3, "registry data list"),
        (("uses", NAME), 2, "PATH@MD5"),
        (("uses", f"md5:{'0' * 32}"), 3, "registry data list"),
        (("uses", f"md5:{MD5}", "--before", "'; DROP TABLE run"), 3, "no run"),
        (("list", "--limit", "0"), 2, "greater than or equal to 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    read: Client, cli: Cli, arguments: tuple[str, ...], code: int, words: str
) -> None:
    answer = cli("data", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert words in answer.err
    assert "\x1b" not in answer.err


def test_the_client_has_the_same_words(read: Client) -> None:
    (listed,) = read.datasets()
    assert listed.newest == read.dataset(NAME).state == read.dataset_states(NAME)[0]
    (user,) = read.dataset_users(f"md5:{MD5}")
    assert user.version == f"{MODEL}@4"
    said = read.describe_dataset(NAME, retain_until="", key="k")
    assert said == read.describe_dataset(NAME, retain_until="", key="k")
    assert said.profile.retain_until is None


# -------------------------------------------------------------------- environments


def test_people_see_the_software_and_the_machine(read: Client, cli: Cli) -> None:
    page = cli("environment", f"{MODEL}@4").out
    for words in (
        "Python 3.11.7 on linux-x86_64", "AMD EPYC, 2 cores, 23.5 GiB of memory",
        "NVIDIA T4, 15.0 GiB, driver 550.1", "declared by requirements.lock", "2 packages",
        "file:///home/ada/ours (editable)",
    ):  # fmt: skip
        assert words in page
    assert "no packages were recorded" in cli("environment", f"{MODEL}@1").out


@pytest.mark.parametrize("form", ["requirements", "conda", "dockerfile", "sbom", "lock", "json"])
def test_a_form_is_the_same_on_paper_and_from_the_client(
    read: Client, cli: Cli, alone: Path, form: str
) -> None:
    ref = f"{MODEL}@4"
    assert cli("environment", ref, "--as", form, "--to", "out/file").out == "wrote out/file\n"
    written = (alone / "out" / "file").read_bytes()
    assert written == read.environment_file(ref, form)
    assert cli("environment", ref, "--as", form).out.encode() == written
    again = cli("environment", ref, "--as", form, "--to", "out/file")
    assert (again.code, "out/file is there already" in again.err) == (2, True)


def test_a_lock_is_given_back_byte_for_byte(read: Client, cli: Cli, alone: Path) -> None:
    (alone / "requirements.lock").write_text("another one")
    assert read.environment_file(f"{MODEL}@4", "lock") == LOCK
    assert cli("environment", f"{MODEL}@4", "--as", "files", "--to", "old").code == 0
    assert (alone / "old" / "requirements.lock").read_bytes() == LOCK
    shown = cli("environment", f"{MODEL}@4", "--as", "files").out
    assert shown.startswith("== requirements.lock  sha256 ")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((f"{MODEL}@1", "--as", "requirements"), 3, "no software was recorded"),
        ((f"{MODEL}@1", "--as", "files"), 3, "no file that declares software"),
        ((f"{MODEL}@9",), 3, "no such version"),
        ((f"{MODEL}@4", "--as", "nix"), 2, "requirements"),
        ((f"{MODEL}@4", "--to", "x"), 2, "--as"),
        ((f"{MODEL}@4", "--as", "json", "--to", "/proc/none/x"), 2, "--to"),
    ],
)
def test_what_cannot_be_written_says_why(
    read: Client, cli: Cli, arguments: tuple[str, ...], code: int, words: str
) -> None:
    answer = cli("environment", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert words in answer.err
