"""A crew of processes to let things go wrong in."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.crew import Crew, crew_of
from support.disk import library
from support.pipelines import Project

from .cases import ALL, ONLY_FAR

Templates = Callable[[str], Path]
_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def crew(request: pytest.FixtureRequest, nobody: None) -> Iterator[Crew]:
    """One process, which runs beside other tests; two where every point is tried, for hours."""
    size = 2 if request.config.getoption("--every-point") else 1
    # What survives a kill does so on any file system, so that of memory will do, where there is one.
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="registry-crew-", dir=place))
    try:
        with crew_of(size, folder, library(folder)) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def templates(template: Path, request: pytest.FixtureRequest) -> Templates:
    """The folder that a case's world is copied from."""

    def find(name: str) -> Path:
        if issubclass((ALL | ONLY_FAR)[name].kind, Project):
            found: Path = request.getfixturevalue("pipeline_template")
            return found
        return template

    return find
