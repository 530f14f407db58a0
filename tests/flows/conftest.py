"""Flows run in processes of their own, as people run them."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.nursery import Forked, Nursery, nursery
from support.pipelines import Project
from support.prefect_server import prefect_server

_RUN = """
import importlib, json, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
name, arguments, answer = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
sys.path.insert(0, "flows")
found = getattr(importlib.import_module(name), name)(**arguments)
with open(answer, "w") as file:
    file.write(json.dumps(found) if isinstance(found, str) else found.model_dump_json())
"""


@dataclass
class FlowProcess:
    """A flow that runs in a process of its own."""

    process: Forked
    answer: Path
    log: Path

    def result(self) -> Any:
        """Wait for its end; what the flow returned, as JSON. Fails the test if it failed."""
        code = self.process.wait()
        assert code == 0, self.log.read_text()
        return json.loads(self.answer.read_text())

    def failure(self) -> str:
        """Wait for its end; what it said. Fails the test if it ended well."""
        assert self.process.wait() != 0, self.log.read_text()
        return self.log.read_text()


StartFlow = Callable[..., FlowProcess]


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with prefect_server(tmp_path_factory.mktemp("prefect")) as environment:
        yield environment


@pytest.fixture(scope="session")
def prefect_imported(
    prefect: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Nursery]:
    with nursery(prefect, tmp_path_factory.mktemp("nursery") / "log") as made:
        yield made


@pytest.fixture
def start_flow(
    project: Project, prefect: Mapping[str, str], prefect_imported: Nursery, tmp_path: Path
) -> Iterator[StartFlow]:
    """Start a flow of the project: ``start_flow("retrain", model="mower")``."""
    started: list[FlowProcess] = []

    def start(flow: str, **arguments: Any) -> FlowProcess:
        answer, log = (tmp_path / f"{len(started)}.{end}" for end in ("json", "log"))
        process = prefect_imported.start(
            _RUN,
            [flow, json.dumps(arguments), str(answer)],
            folder=project.root,
            environment=project.environment(prefect),
            log=log,
        )
        started.append(FlowProcess(process, answer, log))
        return started[-1]

    yield start
    for one in started:
        one.process.end()
