"""Looking for new data on a real Prefect server: each state of the data starts what follows once."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.patience import until
from support.pipelines import Project
from support.training import train

from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.catalogue.register import register

pytestmark = pytest.mark.slow
_LOOK = """
import sys
sys.path.insert(0, "flows")
from check_data import check_data
check_data(("mower",))
"""


def look(project: Project, prefect: Mapping[str, str]) -> str:
    """Run the flow; what it said."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOK],
        cwd=project.root,
        env=project.environment(prefect),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def arrived(prefect: Mapping[str, str]) -> list[dict[str, Any]]:
    """What Prefect was told has arrived, oldest first."""
    asked = {"filter": {"event": {"name": ["registry.data.arrived"]}}, "limit": 50}
    request = urllib.request.Request(
        f"{prefect['PREFECT_API_URL']}/events/filter",
        json.dumps(asked).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        found = json.load(answer)["events"]
    return sorted(found, key=lambda event: str(event["occurred"]))


def test_each_state_of_the_data_is_said_once(
    project: Project, prefect: Mapping[str, str], tmp_path: Path
) -> None:
    source = tmp_path / "source.csv"
    source.write_text("x,y\n1,2\n2,4\n")
    done = project.dvc("import-url", str(source), "imported.csv")
    assert done.returncode == 0, done.stderr
    text = (project.root / "dvc.yaml").read_text()
    project.commit({"dvc.yaml": text.replace("data/old.csv]", "data/old.csv, imported.csv]")})
    register(project.registry(), RegisterRun(run=train(project)))
    before = len(arrived(prefect))

    for number in (1, 2):
        source.write_text(source.read_text() + f"{number + 2},7\n")
        assert "was said before" not in look(project, prefect)
        until(lambda wanted=before + number: len(arrived(prefect)) >= wanted)
        assert "registry.data.arrived was said before" in look(project, prefect)

    told = [event["payload"] for event in arrived(prefect)[before:]]
    assert [t["what"] for t in told] == [["imported.csv: its source has something newer"]] * 2
    assert told[0]["sources"] != told[1]["sources"]
