"""The reference pipeline on the newest data: a month on, and an import whose source has more."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.pipelines import Project
from support.training import train_as

from registry_tasks.entities.registration import RegisterRun, Registration
from registry_tasks.entities.run import DataWanted, Train
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.newest_data import look_for_news
from registry_tasks.stores.dvc.workspace import point_workspace

pytestmark = pytest.mark.slow
NEWEST = Train(model="flight-delay", data=DataWanted.NEWEST)
SOURCE = "route,delayed\nJFK-LAX,0.2\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "routes.csv"
    path.write_text(SOURCE)
    return path


@pytest.fixture
def reference(
    tmp_path: Path, make_clone: Callable[[Path], Path], source: Path
) -> Iterator[Project]:
    """A clone of the reference project whose training depends on an import too."""
    made = Project(tmp_path / "reference")
    made.root.mkdir(parents=True)
    make_clone(made.root)
    registry = made.registry()
    registry.objects.create()
    registry.metadata.migrate()
    point_workspace(made.root, made.root / ".dvc" / "cache", made.settings.remote)
    imported = made.dvc("import-url", str(source), "routes.csv")
    assert imported.returncode == 0, imported.stderr
    text = (made.root / "dvc.yaml").read_text()
    cmd = "    cmd: python src/registry_tasks/steps/train_delay.py\n    deps:\n"
    assert cmd in text
    made.commit({"dvc.yaml": text.replace(cmd, f"{cmd}      - routes.csv\n")})
    yield made
    made.close()


def retrain(project: Project) -> Registration:
    return register(project.registry(), RegisterRun(run=train_as(project, NEWEST)))


def test_what_is_new_in_the_source_is_imported_and_makes_a_version(
    reference: Project, source: Path
) -> None:
    retrain(reference)
    source.write_text(f"{SOURCE}JFK-SFO,0.3\n")
    news = look_for_news(reference.registry(), "flight-delay")

    made = retrain(reference)

    assert [what.partition(":")[0] for what in news.what] == [
        "data.months",
        "data.holdout",
        "routes.csv",
    ]
    assert made.created and made.version.ref == "flight-delay@2"
    assert any("routes.csv" in reason for reason in made.reasons)
    record = show(reference.registry(), "flight-delay@2")
    assert record.bump == "patch"
    assert record.parameters["data.months"] == ["2013-02", "2013-03", "2013-04"]
    assert record.parameters["data.holdout"] == "2013-05"
    kept = reference.git("show", f"{made.version.commit}:routes.csv.dvc")
    assert kept != reference.git("show", "HEAD:routes.csv.dvc")
    assert reference.git("status", "--porcelain") == ""
    assert examine(reference.registry()) == ()
