"""The page on REST: its commands run, and what it says of limits is so."""

import os
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest
from support.http_server import serving
from support.small_prefect import small_prefect
from support.world import MODEL, World

from registry_tasks.entities.search import MAX_PAGE
from registry_tasks.faces.http.config import MIB, ServerConfig
from registry_tasks.registry.catalogue.show import list_history, list_versions

pytestmark = pytest.mark.slow

PAGE: Final = (Path(__file__).parents[3] / "docs" / "rest.md").read_text()
SHELL: Final = 'set -e -o pipefail; curl() { command curl --fail-with-body --noproxy "*" "$@"; }\n'


def test_the_commands_of_the_page_run(sqlite_world: World, tmp_path: Path) -> None:
    sqlite_world.version(1)
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 8
    with small_prefect() as prefect, serving(sqlite_world.settings, prefect.url) as url:
        script = SHELL + "\n".join(blocks)
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=tmp_path,
            env={**os.environ, "URL": url, "REGISTRY_TOKEN": "not asked for here"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert sqlite_world.stages() == {1: "staging", 2: "experiment"}
    assert len(list_versions(sqlite_world.registry(), MODEL)) == 2
    kinds = {event.kind.value for event in list_history(sqlite_world.registry(), MODEL)}
    assert kinds >= {"version.noted", "version.tagged", "version.promoted"}


def test_the_limits_of_the_page_are_those_of_the_server(sqlite_world: World) -> None:
    config = ServerConfig(sqlite_world.settings)
    assert f"at most {MAX_PAGE}," in PAGE
    assert f"After {config.refusals} tokens" in PAGE
    assert f"longer than {config.body_bytes // MIB} MiB" in PAGE
    assert f"(a file: {config.upload_bytes // MIB // 1024} GiB)" in PAGE
    assert f"comes for {config.idle_s:g} s" in PAGE
