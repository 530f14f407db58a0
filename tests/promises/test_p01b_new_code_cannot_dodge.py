"""P1b: whatever writes is killed at its every point, and new code cannot get by without.

The core has doors: what faces, tasks and flows import of it, as the sources say. Each door has a
case of its own in tests/crash, which was seen to be at work where it was killed (P1), or it is
seen here to change nothing. Commands and methods are enumerated too: what they change, a door did.
"""

import os
import shutil
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from crash.asked import (
    ACCESS,
    ACCESS_WRITES,
    ELSEWHERE,
    FLOWS,
    LOOKING,
    LOOKS,
    WRITES,
    WRITING,
)
from crash.cases import ALL, ONLY_FAR
from crash.doors import doors, short_cuts
from crash.tracing import NOBODY, Trace, Traced, name_of
from support.asking import all_requests
from support.commands import all_commands, command_of
from support.inconsistent import Seen
from support.trials import Trial
from support.world import World

from registry_tasks import Client
from registry_tasks.entities.access import Identity, IssueToken
from registry_tasks.entities.annotation import PutSchema
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.errors import AccountsOn, Invalid, NotFound, UntrustedFormat
from registry_tasks.entities.reproduction import Reproduce
from registry_tasks.entities.run import Point
from registry_tasks.faces.cli.app import run
from registry_tasks.faces.cli.exit_codes import DONE, EXIT_CODES
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.catalogue.document_schema import put_schema
from registry_tasks.registry.registry import Registry

_CASES = ALL | ONLY_FAR
_KILLED = frozenset(name_of(verb) for case in _CASES.values() for verb in case.verbs)
_NO_VERBS = {
    "registry_tasks.registry.registry:Registry": "opens the stores; see short_cuts",
    "registry_tasks.registry.experiments.reproduce:Rebuild": "a value",
    "registry_tasks.registry.care.doctor.proving:Reach": "a value",
    "registry_tasks.registry.catalogue.resolve:Resolver": "reads: see the command and the method",
    "registry_tasks.registry.catalogue.download:download_url": "makes a link: tests/stores",
    "registry_tasks.registry.experiments.search_space:read_space": "parses texts",
    "registry_tasks.registry.experiments.search_space:read_space_file": "parses a file",
    "registry_tasks.registry.experiments.sweep:check_trial": "reads, within the flow",
    "registry_tasks.registry.experiments.sweep:get_start": "reads, within the flow",
    "registry_tasks.registry.experiments.sweep:is_on_record": "reads, within the flow",
    "registry_tasks.registry.experiments.sweep:missing_trials": "reads, within the flow",
    "registry_tasks.registry.catalogue.environment.read:as_texts": "renders",
    "registry_tasks.registry.catalogue.environment.read:read_declaring_files": "reads a commit",
    "registry_tasks.registry.catalogue.reading:Reader": "reads: see search and resolve",
    "registry_tasks.registry.experiments.counterfactual:Outcome": "a value",
    "registry_tasks.registry.experiments.counterfactual:Plan": "a value",
    "registry_tasks.registry.experiments.counterfactual:explain": "computes",
    "registry_tasks.registry.experiments.counterfactual:find_mix": "reads",
    "registry_tasks.registry.experiments.counterfactual:plan_explanation": "reads",
    "registry_tasks.registry.experiments.newest_data:declared": "reads dvc.yaml",
    "registry_tasks.registry.experiments.turns:is_at_work": "asks for a claim",
    "registry_tasks.registry.experiments.turns:who_retrains": "reads",
    "registry_tasks.registry.catalogue.show:sum_up": "reads: `show` without the files",
    "registry_tasks.registry.experiments.show_run:sum_up_run": "reads: `show_run` without the files",
    "registry_tasks.registry.experiments.show_run:read_series": "reads",
    "registry_tasks.registry.catalogue.drills:list_drills_of": "reads, for the page of a version",
    "registry_tasks.registry.experiments.show_run:read_importance": "reads",
    "registry_tasks.stores.artifacts.proven:Proven": "remembers, in memory",
    "registry_tasks.stores.artifacts.remote:ObjectRemote": "a type",
    "registry_tasks.stores.artifacts.remote:open_remote": "touches nothing; `download` is given it",
    "registry_tasks.stores.dvc.documents:read_document": "reads a file",
    "registry_tasks.stores.dvc.parameters:parse_value": "parses a text",
    "registry_tasks.stores.dvc.reproduction:Rerun": "a value",
    "registry_tasks.stores.dvc.workspace:dvc_environment": "names variables",
    "collections.abc:Callable": "a type",
    "registry_tasks.registry.access.tokens:asks_who": "reads",
    "registry_tasks.registry.access.tokens:authenticate": "reads",
    "registry_tasks.registry.catalogue.artifact:artifact_url": "makes a link: tests/faces/rest",
    "registry_tasks.registry.catalogue.artifact:find_artifact": "reads",
    "registry_tasks.registry.lifecycle.carry_on:promoted_since": "reads",
    "registry_tasks.registry.lifecycle.approve:closed": "makes an error",
    "registry_tasks.stores.metadata.subscriptions:Tally": "a value",
    "registry_tasks.stores.metadata.subscriptions:tally": "reads",
    "registry_tasks.registry.experiments.rebuildable:get_rebuildable": "reads",
    "registry_tasks.registry.catalogue.register_file:find_origin": "reads",
    "registry_tasks.registry.catalogue.resolve_past:resolve": "reads: see the command and the method",
    "registry_tasks.registry.experiments.log_file:files_of": "lists a folder",
    "registry_tasks.registry.experiments.log_run:find_origin": "reads",
    "registry_tasks.registry.care.collect:reach": "computes",
    "registry_tasks.registry.care.drill:Looks": "a value",
    "registry_tasks.registry.care.drill:Rebuilt": "a value",
    "registry_tasks.registry.care.drill:judge": "reads, within the flow",
    "registry_tasks.registry.care.drill:look_at": "reads, and asks an index, within the flow",
    "registry_tasks.registry.care.drill:plan_drills": "reads, within the flow",
    "registry_tasks.registry.care.drill:why_not_rebuilt": "reads, within the flow",
    "registry_tasks.registry.marks:Seen": "a value",
    "registry_tasks.registry.marks:is_mark": "parses a text",
    "registry_tasks.registry.marks:mark_of": "reads",
    "registry_tasks.stores.artifacts.digests:Digests": "computes",
    "registry_tasks.stores.artifacts.digests:digest_file": "reads a file",
    "registry_tasks.stores.artifacts.digests:open_regular": "reads a file",
    "registry_tasks.stores.artifacts.digests:pieces": "reads a file",
    "registry_tasks.stores.artifacts.downloads:Source": "a type",
    "registry_tasks.stores.artifacts.proof:check_artifact": "computes",
    "registry_tasks.stores.artifacts.s3.deadline:Deadline": "counts time",
    "registry_tasks.stores.artifacts.writing:dead_temporaries": "lists what uploads left: tests/faces/rest",
    "registry_tasks.stores.metadata.access:has_accounts": "reads",
    "registry_tasks.stores.metadata.access:identify": "reads",
}
"""Doors that write nothing, and why."""
_TRIED_ELSEWHERE = {
    "registry_tasks.registry.experiments.turns:begin_work": "a claim, which goes with its process",
    "registry_tasks.registry.experiments.turns:retraining": "a claim, which goes with its process",
    "registry_tasks.registry.experiments.held_run:HeldRun": "the cases of logging, one a method",
    "registry_tasks.registry.experiments.held_run:hold_run": "the case `begin_run`, with a lock",
    "registry_tasks.registry.access.tokens:log_in": "one row; who is killed logs in again: tests/faces/web",
    "registry_tasks.registry.care.sync:finish": "the cases `carry_on` and `sync`, which do the same",
    "registry_tasks.registry.outward.deliver:Deliverer": "killed at work: tests/outward",
    "registry_tasks.registry.outward.deliver:deliver": "killed at work: tests/outward",
    "registry_tasks.registry.experiments.counterfactual:running_mix": "the case `run`, composed",
    "registry_tasks.registry.experiments.counterfactual:score_run": "the case `evaluate`, unkept",
    "registry_tasks.registry.experiments.drift:measure_drift": "reads, and makes a file in a working copy",
    "registry_tasks.registry.experiments.newest_data:look_for_news": "reads, in a working copy",
    "registry_tasks.registry.catalogue.artifact:fetch_artifact": "the door `download`, of any file",
    "registry_tasks.registry.experiments.remake:widen": "fills a clone of its own",
    "registry_tasks.stores.artifacts.writing:write_bytes": "keeps what was served last: tests/faces/serving",
    "registry_tasks.stores.artifacts.writing:write_file": "writes a download of the client's: tests/faces/contract",
    "registry_tasks.stores.artifacts.writing:temporary": "names a file that an upload goes to",
    "registry_tasks.stores.folders:make_folder": "makes the folder of uploads",
    "registry_tasks.stores.dvc.reproduction:PipelineProcess": "DVC in a run's own workspace",
    "registry_tasks.stores.failures:writing": "translates errors",
}
"""Doors that write and have no case of their own: what each writes, or where it is tried."""
_SHORT_CUTS = {
    ("mirror.py", "registry.metadata"),  # says where the store is
    ("up.py", "registry.metadata"),  # looks whether its schema is today's
    ("model.py", "registry.find_repository"),  # whether there is a checkout to read a policy from
}


@pytest.fixture
def world(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Three versions, one of which is in production, and an environment that leads to them."""
    sqlite_world.set_policy(
        "stages:\n"
        "  production: [{gate: metric, metric: auc, at_least: 0.5}]\n"
        "  canary: [{gate: approved, author_may_approve: true}]\n"
        "aliases: {champion: production}"
    )
    data = DatasetUse(name="data.csv", md5="2" * 32, size_bytes=1, files=1, stage="train")
    for number in (1, 2, 3):
        points = (Point(key="loss", step=1, value=0.5),)
        sqlite_world.version(number, points=points, datasets=(data,))
    sqlite_world.raise_to("mower@1", "staging", "production")
    sqlite_world.raise_to("mower@2", "staging")
    (sqlite_world.folder / "model.bin").write_bytes(b"a file")
    (sqlite_world.folder / "schema.json").write_text('{"title": "any"}')
    put_schema(sqlite_world.registry(), PutSchema(model="mower", json_schema={}))
    for name, value in sqlite_world.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(sqlite_world.root)
    sqlite_world.close()
    yield sqlite_world
    sqlite_world.close()


def traced(work: Callable[[], object]) -> Traced:
    """Do the work in a child, and return which verbs were at work at its points."""
    return _in_child(Trace(), Trace.do, work)


def called(work: Callable[[], object]) -> frozenset[str]:
    """Do the work in a child, and return every function of the core that it called."""
    return _in_child(Trace(), Trace.follow, work).all


def _in_child(trace: Trace, how: Callable[..., None], work: Callable[[], object]) -> Traced:
    child = os.fork()
    if child == 0:
        try:
            how(trace, work)
            os._exit(0)
        except BaseException:  # noqa: BLE001 the child ends here
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0, "see stderr"
    return trace.end()


def methods() -> set[str]:
    return {name for name in dir(Client) if callable(getattr(Client, name)) and name[0] != "_"}


def ask(line: str, folder: Path) -> Callable[[], None]:
    words = [w.format(folder=folder, file=folder / "model.bin") for w in line.split()]

    def work() -> None:
        code = run(words)
        refused = Invalid if "--cursor" in words else NotFound  # which this folder cannot have
        assert code in (DONE, EXIT_CODES[refused]), f"{line} ended with {code}"

    return work


# ------------------------------------------------------------------------- what is there at all


def door_of(verb: str) -> str:
    """Return what is imported to call it: a class for its method."""
    module, _, name = verb.partition(":")
    return f"{module}:{name.split('.')[0]}" if name else verb


def test_every_request_has_a_case() -> None:
    covered = {request for case in _CASES.values() for request in case.requests}
    assert all_requests() - {Reproduce} == covered  # which Prefect keeps for a worker


@pytest.mark.slow
def test_every_command_and_method_is_known() -> None:
    writing = {"access start", *map(command_of, (*WRITING, *ACCESS))}
    serving = {
        "up",
        "deploy",
    }  # the one serves what asks for the same verbs, the other tells Prefect
    assert {*LOOKING, *writing, *FLOWS, *serving} == set(all_commands())
    assert {*LOOKS, *WRITES, *ACCESS_WRITES, *ELSEWHERE} == methods()


@pytest.mark.parametrize("name", LOOKING)
def test_a_command_that_looks_is_asked_with_all_its_options(name: str) -> None:
    options = {o for p in all_commands()[name].params for o in p.opts if o.startswith("--")}
    assert options <= {word for line in LOOKING[name] for word in line.split()}


def test_stores_are_touched_by_verbs_alone() -> None:
    assert short_cuts() == _SHORT_CUTS


# ------------------------------------------------------------------------- what each does


@pytest.mark.slow
def test_every_door_is_killed_or_changes_nothing(world: World, trial: Trial) -> None:
    looking: set[str] = set()
    (world.folder / "spare" / "files" / "md5").mkdir(parents=True)
    before = Seen.of(world)
    world.close()
    others = (
        "archive --policy mower --dry-run",
        "drop-bytes --policy mower --dry-run",
        "collect",
        "doctor --from {folder}/spare",
    )
    for line in (*(f"{name} {way}" for name, ways in LOOKING.items() for way in ways), *others):
        looking |= called(ask(line, world.folder))
    for look in LOOKS.values():
        looking |= called(lambda look=look: look(Client(world.settings)))
    assert Seen.of(world) == before, "looking changes nothing"

    found = doors()
    left = found.keys() - _KILLED - looking - _NO_VERBS.keys() - _TRIED_ELSEWHERE.keys()
    assert not sorted(left), "each needs a case in tests/crash, or a command that only looks"
    assert _NO_VERBS.keys() | _TRIED_ELSEWHERE.keys() <= found.keys()
    assert not looking & _KILLED
    trial.report(
        "P1b",
        n=f"{len(found)} doors into the core, found in {len(set(found.values()))} files",
        figure=f"{len(found.keys() & _KILLED)} have a case of P1, "
        f"{len(found.keys() & looking)} change nothing, {len(_NO_VERBS)} write nothing, "
        f"{len(_TRIED_ELSEWHERE)} that write are tried elsewhere",
    )


@pytest.mark.slow
def test_what_a_command_changes_is_changed_by_verbs_that_have_a_case(
    world: World, trial: Trial
) -> None:
    known = _KILLED | doors().keys()
    for line in WRITING:
        found = traced(ask(line, world.folder)).outermost
        assert found <= known, f"{line} writes past the core"
    shutil.rmtree(world.folder / "backups")
    trial.report("P1b", f"points of {len(WRITING)} calls of commands", "0 of no verb's")


@pytest.mark.slow
def test_what_a_method_changes_is_changed_by_verbs_that_have_a_case(
    world: World, trial: Trial
) -> None:
    known = _KILLED | doors().keys()
    for name, call in WRITES.items():

        def work(name: str = name, call: Callable[[Client, Path], object] = call) -> None:
            try:
                call(Client(world.settings), world.folder)
            except UntrustedFormat:  # after it was downloaded
                assert name == "load"

        found = {door_of(verb) for verb in traced(work).outermost}
        assert found <= known, f"{name} writes past the core"
    trial.report("P1b", f"points of {len(WRITES)} methods of the client", "0 of no verb's")


@pytest.mark.slow
def test_who_may_do_what_is_changed_by_verbs_that_have_a_case(
    world: World, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = _KILLED | doors().keys()
    assert traced(ask("access start root", world.folder)).outermost <= known
    with Registry(world.settings, Identity(actor="ada")) as registry:
        token = issue_token(registry, IssueToken(account="root")).secret
    monkeypatch.setenv("REGISTRY_TOKEN", token)
    for line in ACCESS:
        assert traced(ask(line, world.folder)).outermost <= known, f"{line} writes past the core"
    for name, call in ACCESS_WRITES.items():

        def work(call: Callable[[Client], object] = call) -> None:
            with suppress(AccountsOn):
                call(Client(replace(world.settings, token=token)))

        found = {door_of(verb) for verb in traced(work).outermost}
        assert found <= known, f"{name} writes past the core"
    n = f"points of {len(ACCESS) + 1} calls of commands and {len(ACCESS_WRITES)} methods"
    trial.report("P1b", n, "0 of no verb's")


# ------------------------------------------------------------------------- and it can fail

_NEW_VERB = '''
def retag(registry):
    """Write through Git, by no name that anybody listed."""
    import subprocess
    subprocess.run(["git", "tag", "made-up"], cwd=registry.settings.project, check=True)
'''


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new verb in the core, which has no case, and a face that calls it."""
    import registry_tasks.registry

    core, face = tmp_path / "core", tmp_path / "face"
    for folder in (core, face):
        folder.mkdir()
    (core / "retag.py").write_text(_NEW_VERB)
    (face / "retag.py").write_text("from registry_tasks.registry.retag import retag\n")
    monkeypatch.setattr(
        registry_tasks.registry, "__path__", [*registry_tasks.registry.__path__, str(core)]
    )
    return face


def test_a_new_verb_that_writes_is_noticed(made_up: Path) -> None:
    left = doors(made_up).keys() - _KILLED - _NO_VERBS.keys()
    assert left == {"registry_tasks.registry.retag:retag"}


def test_a_new_verb_cannot_be_passed_off_as_one_that_looks(made_up: Path, world: World) -> None:
    from registry_tasks.registry.retag import retag  # type: ignore[import-not-found]

    before = Seen.of(world)
    found = traced(lambda: retag(world.registry()))
    assert found.outermost == {"registry_tasks.registry.retag:retag"}
    assert Seen.of(world) != before


def test_a_face_that_writes_by_itself_is_noticed(world: World, tmp_path: Path) -> None:
    found = traced(lambda: (world.root / ".git" / "refs" / "tags" / "x").write_text("0" * 40))
    assert found.outermost == {NOBODY}
    (tmp_path / "face.py").write_text("registry_of(context).objects.put(path, md5)\n")
    assert short_cuts(tmp_path) == {("face.py", "registry_of(context).objects")}
