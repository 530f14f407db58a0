"""A developer of one model makes nothing of another one's runs, and no model takes another's name.

A26 and A27 of the attacks that other registries had: a version anchored to what its maker has no
right to, and rights that a new name loses or brings.
"""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
import sqlalchemy as sa
from support.asking import all_requests
from support.commands import all_commands
from support.doors import send
from support.http_server import asking, serving
from support.permissions import NO_COST, OTHER, OWN, Facts, Guarded
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.access import Identity
from registry_tasks.entities.errors import Immutable
from registry_tasks.entities.logged_run import FailRun, FinishRun, LogFile, LogRun, LogValues
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.request import Request
from registry_tasks.faces.routes import ROUTES
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.catalogue.trace import trace
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import tables as t

pytestmark = pytest.mark.slow

FOREIGN: Final[dict[str, Callable[[Facts], Request]]] = {
    "a version of a run": lambda f: RegisterRun(run=f.run),
    "a version of a run by its prefix": lambda f: RegisterRun(run=f"run:{f.run}"),
    "a version of a run that goes on": lambda f: RegisterRun(run=f.running),
    "values in a run": lambda f: LogValues(run=f.running, metrics={"auc": 1.0}),
    "a file in a run": lambda f: LogFile(run=f.running, path=str(f.file), name="x.bin"),
    "the end of a run": lambda f: FinishRun(run=f.running, cost=NO_COST),
    "the failure of a run": lambda f: FailRun(run=f.running, why="x"),
    "a version": lambda f: RegisterFile(model=f.model, path=str(f.file)),
    "a run": lambda f: LogRun(model=f.model),
}
"""What a developer of one model may not do to another's; ``Facts`` are of that one."""


@pytest.fixture
def guarded(guarded_world: tuple[World, Guarded]) -> Iterator[tuple[World, Guarded, str]]:
    world, made = guarded_world
    with serving(world.settings) as url:
        yield world, made, url


@pytest.mark.parametrize("what", FOREIGN)
def test_nothing_is_anchored_to_another_models_run(
    guarded: tuple[World, Guarded, str], what: str
) -> None:
    """The same for one's own model is let, so that it was the model that was refused."""
    world, made, url = guarded
    before = _newest(world)
    with asking(url, made.secrets["developer-of-own"]) as client:
        refused = send(client, FOREIGN[what](made.facts[OTHER]))
        assert (refused.status_code, refused.json()["error"]) == (403, "NotPermitted")
        assert _newest(world) == before
        let = send(client, FOREIGN[what](made.facts[OWN]))
        assert let.status_code != 403, let.text


def test_another_models_run_is_not_taken_under_its_id(guarded: tuple[World, Guarded, str]) -> None:
    """Not by beginning it again as one's own, and not by writing its id another way."""
    world, made, url = guarded
    other = made.facts[OTHER]
    before = _newest(world)
    with asking(url, made.secrets["developer-of-own"]) as client:
        for run in (other.run, other.running):
            begun = send(client, LogRun(model=OWN, run=run))
            assert (begun.status_code, begun.json()["error"]) == (409, "RunExists")
            for text in (run.upper(), run.replace("-", ""), f" {run}", f"{{{run}}}"):
                made_of = client.post("/api/v1/register-run", json={"run": text})
                assert made_of.status_code in (400, 403, 404), text
    assert _newest(world) == before


def test_lineage_of_ones_own_leads_to_nothing_of_another_model(
    guarded: tuple[World, Guarded, str],
) -> None:
    world, made, url = guarded
    with asking(url, made.secrets["developer-of-own"]) as client:
        own = send(client, RegisterFile(model=OWN, path=str(made.facts[OWN].file)))
        ref = f"{OWN}@{own.json()['version']['number']}"
    with Registry(world.settings, Identity(actor="root")) as registry:
        found = trace(registry, ref)
    told = str(found)
    assert OTHER not in told
    assert made.facts[OTHER].run not in told


def test_no_verb_renames() -> None:
    """Rights name models, so a name is one model's for ever."""
    words = [route.path for route in ROUTES] + [*all_commands()]
    words += [name for name in dir(Client) if not name.startswith("_")]
    for kind in all_requests():
        words += [kind.__name__, *kind.model_fields]
    assert len(words) > 300
    assert not [word for word in words if "renam" in word.lower() or "new_name" in word.lower()]


def test_the_store_itself_keeps_the_names_of_models(world: World) -> None:
    world.version(1)
    for change in (
        sa.update(t.model).values(name="blower"),
        sa.delete(t.model),
    ):
        with pytest.raises(Immutable), world.registry().metadata.writing("ada") as tx:
            tx.connection.execute(change)
            tx.commit()


def _newest(world: World) -> int:
    with Registry(world.settings, Identity(actor="root")) as registry:
        return list_history(registry, limit=1)[0].sequence
