"""Shared by all: a world to try the core in, over every database."""

import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.databases import DATABASES, Postgres, postgres_server
from support.permissions import Guarded, copy_guarded
from support.pipelines import Project
from support.remotes import hand
from support.s3 import bucket, rclone
from support.shared import Shared, once
from support.site import fill
from support.trials import Trial, begin_with_storms, is_whole, outcomes, write_page
from support.world import MakeWorld, World, copy_tree, worlds

from registry_tasks.stores.metadata.store import MetadataStore

# The machine is shared, so time says nothing about a property; the same examples every time.
settings.register_profile("registry", deadline=None, derandomize=True)
settings.load_profile("registry")

__all__ = ["bucket", "hand", "rclone"]  # fixtures that live beside what they start

PROMISES = Path(__file__).parent / "promises"


@pytest.fixture(scope="session", autouse=True)
def nobody() -> Iterator[None]:
    """Whoever runs the tests has no say: neither their Git configuration nor their registry."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith(("GIT_", "REGISTRY_"))]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


@pytest.fixture
def without_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it were not installed."""
    monkeypatch.setitem(sys.modules, "prefect", None)


@pytest.fixture(scope="session", autouse=True)
def threads_that_sleep() -> Iterator[None]:
    """Where LightGBM's and scikit-learn's threads would spin while they wait, others work here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_WAIT_POLICY", "passive")
        yield


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """All workers share what is made once."""
    own = tmp_path_factory.getbasetemp()
    Shared.folder = own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def template(shared: None) -> Path:
    """A world to copy: a project with one commit, a migrated SQLite store, an empty remote."""
    return once("template", _make_world)


def _make_world(folder: Path) -> None:
    world = World(folder)
    world.make_project()
    world.registry().metadata.migrate()
    world.registry().objects.create()
    world.close()


@pytest.fixture(scope="session")
def filled(template: Path) -> Path:
    """A world to copy in which everything happened once; nobody has an account."""

    def make(folder: Path) -> None:
        copy_tree(template, folder)
        world = World(folder)
        fill(world)
        world.close()

    return once("filled", make)


@pytest.fixture
def make_world(template: Path, tmp_path: Path) -> Iterator[MakeWorld]:
    with worlds(template, tmp_path) as make:
        yield make


@pytest.fixture(scope="session")
def pipeline_template(shared: None) -> Path:
    """A project to copy whose DVC pipeline has run."""
    return once("pipeline", lambda folder: Project(folder).make_pipeline())


@pytest.fixture
def project(pipeline_template: Path, tmp_path: Path) -> Iterator[Project]:
    """A small DVC project of one's own, its pipeline up to date, nothing registered."""
    copy_tree(pipeline_template, tmp_path / "project")
    made = Project(tmp_path / "project")
    made.moved()
    yield made
    made.close()


@pytest.fixture(params=DATABASES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | None]:
    """A migrated store's URL; None is the SQLite store of the world."""
    if request.param == "sqlite":
        yield None
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.lend()
    yield url
    server.take_back(url)


@pytest.fixture
def world(make_world: MakeWorld, store_url: str | None) -> Iterator[World]:
    """A registry over each database."""
    made = make_world(store_url=store_url)
    yield made
    made.close()


@pytest.fixture
def sqlite_world(make_world: MakeWorld) -> World:
    """A registry over SQLite only, for what other databases have no part in."""
    return make_world()


@pytest.fixture
def guarded_world(template: Path, tmp_path: Path) -> Iterator[tuple[World, Guarded]]:
    """A registry over SQLite with two models and with people in it."""
    made, guarded = copy_guarded(template, tmp_path / "guarded")
    yield made, guarded
    made.close()


@pytest.fixture
def metadata(world: World) -> MetadataStore:
    return world.registry().metadata


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--gate", action="store_true", help="full trials of the promises: make gate")
    parser.addoption("--seed", type=int, default=1, help="what the trials' chance begins with")
    parser.addoption(
        "--every-point",
        action="store_true",
        help="of each verb, where P1, P9, P24 and P27 try some",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--gate"):
        workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        items[:] = begin_with_storms(items, workers)
        return
    left = [item for item in items if item.get_closest_marker("gate")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In `make gate` a promise that is skipped was not shown, whatever was missing: it fails."""
    report = yield
    if report.skipped and item.config.getoption("--gate") and PROMISES in item.path.parents:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{why} (skipped, which `make gate` takes for a failure)"
    return report


@pytest.fixture
def trial(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Trial:
    """How often to try a promise, and where to tell what came out."""
    options = request.config
    full, seed = options.getoption("--gate"), options.getoption("--seed")
    return Trial(full, seed, record_property, options.getoption("--every-point"))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Tell how often each trial was made: a promise without its N counts as not shown.

    Of a run that held only: hundreds of lines would hide what failed.
    """
    if exitstatus != 0:
        return
    passed = terminalreporter.getreports("passed")
    for report in passed:
        for name, value in getattr(report, "user_properties", ()):
            if name == "N" and report.when == "call":
                terminalreporter.write_line(f"N: {value} ({report.nodeid})")
    found = outcomes(passed)
    for o in found:
        terminalreporter.write_line(
            f"{o.promise}: N: {o.trials}, seed {o.seed}: {o.figure} ({o.test})"
        )
    if config.getoption("--gate") and is_whole(config):
        write_page(found, "make gate")
