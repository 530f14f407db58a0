"""A version's software, written out again: exact, honest about what nobody else can have."""

import json
import os
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from ruamel.yaml import YAML

from registry_tasks.entities.environment import DirectUrl, Environment, UrlKind
from registry_tasks.entities.environment_record import EnvironmentRecord
from registry_tasks.entities.errors import EnvironmentNotRecorded, ExtraMissing
from registry_tasks.registry.catalogue.environment.conda import write_conda
from registry_tasks.registry.catalogue.environment.dockerfile import write_dockerfile
from registry_tasks.registry.catalogue.environment.requirements import write_requirements
from registry_tasks.registry.catalogue.environment.sbom import write_sbom
from registry_tasks.registry.experiments import environments, hardware

pytestmark = pytest.mark.slow

COMMIT = "4" * 40
GIT = DirectUrl(
    kind=UrlKind.VCS,
    url="https://example.org/a.git",
    vcs="git",
    commit=COMMIT,
    subdirectory="python",
)
WHEEL = DirectUrl(
    kind=UrlKind.ARCHIVE, url="https://example.org/b-2.0.whl", hash="sha256=" + "0" * 64
)
FOLDER = DirectUrl(kind=UrlKind.LOCAL, url="file:///home/ada/c", editable=True)
PACKAGES = {"a": "1.0", "b": "2.0+cpu", "c": "0.1.dev0", "numpy": "2.4.0", "pytest": "1.2.3"}
URLS = {"a": GIT, "b": WHEEL, "c": FOLDER}


def a_record(
    packages: dict[str, str] = PACKAGES,
    urls: dict[str, DirectUrl] = URLS,
    python: str = "3.11.7",
    platform: str = "linux-x86_64",
) -> EnvironmentRecord:
    environment = Environment(
        python=python, platform=platform, packages=packages, files={}, direct_urls=urls
    )
    return EnvironmentRecord(
        ref="team/mower@3",
        model="team/mower",
        semantic_version="v1.2.0",
        uuid="acc29fa6-42ff-4cb7-96fd-8a42d8ad6afa",
        sha256="f" * 64,
        run="f268ca14",
        commit=None,
        ended_at=datetime(2026, 1, 2, tzinfo=UTC),
        environment=environment,
        hardware=None,
    )


def requirements_of(text: str) -> dict[str, Requirement]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {found.name: found for found in map(Requirement, lines)}


def test_requirements_are_exact() -> None:
    found = requirements_of(write_requirements(a_record()))
    assert {name: str(r.specifier) for name, r in found.items() if not r.url} == {
        "numpy": "==2.4.0",
        "pytest": "==1.2.3",
    }
    assert found["a"].url == f"git+https://example.org/a.git@{COMMIT}#subdirectory=python"
    assert found["b"].url == f"https://example.org/b-2.0.whl#sha256={'0' * 64}"


def test_what_was_installed_from_a_folder_is_told_and_not_pinned() -> None:
    for text in (write_requirements(a_record()), write_conda(a_record())):
        assert (
            "# c 0.1.dev0 was installed (editable) from that machine's own file:///home/ada/c"
            in text
        )
        assert "c==" not in text


@pytest.mark.parametrize(
    ("packages", "urls"),
    [
        ({"x": "1.0\n--index-url https://evil.example"}, {}),
        ({"x\n--index-url https://evil.example": "1.0"}, {}),
        ({"-r": "1.0"}, {}),
        ({"x": "1.0 ; python_version < '3'"}, {}),
        ({"x": "1"}, {"x": WHEEL.model_copy(update={"url": "https://a/b\n--pre"})}),
        ({"x": "1"}, {"x": GIT.model_copy(update={"commit": "1\n--pre"})}),
        ({"x": "1"}, {"x": WHEEL.model_copy(update={"hash": "sha256=0\n--pre"})}),
        ({"x": "1"}, {"x": FOLDER.model_copy(update={"url": "file:///a\n--pre"})}),
    ],
)
def test_a_record_cannot_write_lines_of_its_own(
    packages: dict[str, str], urls: dict[str, DirectUrl]
) -> None:
    text = write_requirements(a_record(packages, urls))
    assert not [line for line in text.splitlines() if line.startswith("-")]
    assert len(text.splitlines()) == 3
    assert not [
        line for line in write_conda(a_record(packages, urls)).splitlines() if "--" in line[:4]
    ]
    docker = write_dockerfile(a_record(packages, urls)).splitlines()
    assert [line.split()[0] for line in docker if not line.startswith("#")] == [
        "FROM", "WORKDIR", "COPY", "RUN",
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["python", "platform"])
def test_neither_can_python_and_platform(field: str) -> None:
    record = a_record({"x": "1"}, {}, **{field: "3.11.7\n--index-url https://a\nRUN a"})
    for text in (write_requirements(record), write_conda(record)):
        assert not [line for line in text.splitlines() if line.startswith(("--", "RUN"))]
        assert "?--index-url https://a?RUN a" in text
    if field == "platform":
        assert "\nRUN a" not in write_dockerfile(record)


@pytest.mark.parametrize(
    "name", ["", "/", "//", "a/b", "../a", "a@1", "pkg:pypi/a", " ", "\n", "A"]
)
def test_a_bill_of_materials_names_what_is_no_distribution_as_it_is(name: str) -> None:
    told = json.loads(write_sbom(a_record({name: "1", "a": "1"}, {})))
    found = {c["name"]: c for c in told["components"]}
    assert "purl" not in found[name]
    assert found["a"]["purl"] == "pkg:pypi/a@1"


def test_a_conda_file_is_conda_s_python_and_pip_s_packages() -> None:
    document = YAML(typ="safe").load(write_conda(a_record()))
    assert document["name"] == "team-mower-3"
    python, pip, section = document["dependencies"]
    assert (python, pip) == ("python=3.11.7", "pip")
    assert section["pip"] == [str(line) for line in section["pip"]]
    assert "numpy==2.4.0" in section["pip"]
    assert len(section["pip"]) == 4


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("linux-x86_64", "FROM --platform=linux/amd64 python:3.11.7-slim"),
        ("linux-aarch64", "FROM --platform=linux/arm64 python:3.11.7-slim"),
        ("darwin-arm64", "FROM python:3.11.7-slim"),
    ],
)
def test_a_dockerfile_says_that_nobody_built_it(platform: str, line: str) -> None:
    text = write_dockerfile(a_record(platform=platform))
    assert line in text.splitlines()
    assert "never built" in text
    assert "registry environment team/mower@3 --as requirements --to requirements.txt" in text


def test_python_that_was_never_released_has_no_image() -> None:
    with pytest.raises(EnvironmentNotRecorded, match="no release"):
        write_dockerfile(a_record(python="3.15.0a1+"))
    assert "python:3.15.0a1-slim" in write_dockerfile(a_record(python="3.15.0a1"))


def test_a_bill_of_materials_is_valid_and_names_everything() -> None:
    text = write_sbom(a_record())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    model = document["metadata"]["component"]
    assert (model["type"], model["name"], model["version"]) == (
        "machine-learning-model", "team/mower", "v1.2.0",
    )  # fmt: skip
    assert model["hashes"] == [{"alg": "SHA-256", "content": "f" * 64}]
    found = {component["name"]: component for component in document["components"]}
    assert {name: c["version"] for name, c in found.items()} == {**PACKAGES, "python": "3.11.7"}
    assert found["numpy"]["purl"] == "pkg:pypi/numpy@2.4.0"
    assert "vcs_url=git%2Bhttps" in found["a"]["purl"]
    assert "download_url=https" in found["b"]["purl"]
    assert "purl" not in found["c"], "nobody else can have it"
    assert found["c"]["properties"][0]["value"] == "file:///home/ada/c"
    (of_model,) = [d for d in document["dependencies"] if d["ref"] == "team/mower@3"]
    assert len(of_model["dependsOn"]) == len(found)


def test_the_same_version_gives_the_same_bill() -> None:
    assert write_sbom(a_record()) == write_sbom(a_record())


def test_licences_are_those_of_what_is_installed_here_and_no_guesses() -> None:
    here = {"numpy": version("numpy"), "pytest": "1.2.3"}
    document = json.loads(write_sbom(a_record(here, {})))
    found = {component["name"]: component for component in document["components"]}
    assert "BSD-3-Clause" in str(found["numpy"]["licenses"])
    assert "licenses" not in found["pytest"], "another version is installed here"


def test_the_whole_environment_of_these_tests_is_a_valid_bill(tmp_path: Path) -> None:
    captured = environments.capture_environment(tmp_path)
    text = write_sbom(a_record(captured.packages, captured.direct_urls))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cyclonedx.output.json", None)
    with pytest.raises(ExtraMissing, match=r"registry-tasks\[sbom\]"):
        write_sbom(a_record())


def test_nothing_recorded_is_nothing_written() -> None:
    for write in (write_requirements, write_conda, write_dockerfile, write_sbom):
        with pytest.raises(EnvironmentNotRecorded, match="team/mower@3"):
            write(a_record({}, {}))


# -------------------------------------------------------------------- capturing


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (
            {"url": "https://tok@example.org/a.git", "subdirectory": "python",
             "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            GIT,
        ),
        (
            {"url": "https://ada:pw@example.org/b-2.0.whl",
             "archive_info": {"hashes": {"sha256": "0" * 64}}},
            WHEEL,
        ),
        (
            {"url": "https://example.org/b-2.0.whl", "archive_info": {"hash": WHEEL.hash}},
            WHEEL,
        ),
        ({"url": "file:///home/ada/c", "dir_info": {"editable": True}}, FOLDER),
        (
            {"url": "file:///tmp/d.whl", "archive_info": {}},
            DirectUrl(kind=UrlKind.LOCAL, url="file:///tmp/d.whl"),
        ),
        ({"url": "file:///home/ada/c"}, None),
        ({"url": "https://[half/a.git", "vcs_info": {"vcs": "git", "commit_id": "1"}}, None),
        ([], None),
        ("not JSON", None),
    ],
)  # fmt: skip
def test_what_an_installer_noted_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Any, found: DirectUrl | None
) -> None:
    text = document if isinstance(document, str) else json.dumps(document)
    install(tmp_path, "Some.Thing", {"direct_url.json": text})
    captured = capture(tmp_path, monkeypatch)
    assert captured.packages == {"some-thing": "1.0"}
    assert captured.direct_urls == ({} if found is None else {"some-thing": found})


def test_of_two_with_one_name_the_one_that_is_imported_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "first", "thing", {})
    install(tmp_path / "second", "Thing", {"METADATA": "Name: Thing\nVersion: 2.0\n"})
    install(tmp_path / "second", "broken", {"METADATA": "Version: 2.0\n"})
    install(tmp_path / "second", "empty", {"METADATA": ""})
    found = capture(tmp_path / "first", monkeypatch, tmp_path / "second")
    assert found.packages == {"thing": "1.0"}


def test_a_folder_s_place_is_not_felt_and_a_repository_s_commit_is() -> None:
    def digest(urls: dict[str, DirectUrl]) -> str:
        return a_record(urls=urls).environment.digest()

    moved = FOLDER.model_copy(update={"url": "file:///home/bob/c"})
    later = GIT.model_copy(update={"commit": "5" * 40})
    assert digest({}) == digest({"c": FOLDER}) == digest({"c": moved})
    assert len({digest({}), digest({"a": GIT}), digest({"a": later}), digest({"b": WHEEL})}) == 4


def test_graphics_processors_are_those_that_their_tool_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "nvidia-smi"
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    for script, names in (
        (
            "echo 'NVIDIA A100, 40960, 550.1'; echo 'NVIDIA T4, [N/A], 550.1'",
            ["NVIDIA A100", "NVIDIA T4"],
        ),
        ("echo 'No devices were found'; exit 6", []),
        ("echo 'surprise'", []),
        ("printf '\\377\\n'", []),
    ):
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
        hardware.capture_hardware.cache_clear()
        found = hardware.capture_hardware()
        assert [gpu.name for gpu in found.gpus] == names
        if names:
            assert [gpu.memory_bytes for gpu in found.gpus] == [40960 << 20, None]
    hardware.capture_hardware.cache_clear()


def install(folder: Path, name: str, files: dict[str, str]) -> None:
    """Write what an installer writes beside a distribution."""
    place = folder / f"{name}-1.0.dist-info"
    place.mkdir(parents=True)
    for file, text in ({"METADATA": f"Name: {name}\nVersion: 1.0\n"} | files).items():
        (place / file).write_text(text)


def capture(folder: Path, monkeypatch: pytest.MonkeyPatch, *more: Path) -> Environment:
    """Capture an interpreter that sees nothing but these folders."""
    monkeypatch.setattr(sys, "path", [str(folder), *map(str, more)])
    environments._installed.cache_clear()
    try:
        return environments.capture_environment(folder)
    finally:
        environments._installed.cache_clear()
