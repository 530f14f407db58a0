"""P4: however often, from wherever, and whatever became of the answer: one key, one effect."""

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from typing import Final

import pytest
import sqlalchemy as sa
from support.asking import CASES, POLICY, UNTOLD, VERBS, Maker, all_requests
from support.losing_answers import LosingDoor, losing_door
from support.processes import together
from support.trials import Trial
from support.world import World

from registry_tasks.entities.access import Identity, IssueToken, TurnOnAccounts
from registry_tasks.entities.approval import Approve
from registry_tasks.entities.errors import (
    AwaitingApproval,
    GateFailed,
    KeyReused,
    SecretTold,
    StoreUnreachable,
)
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.reproduction import Reproduce
from registry_tasks.entities.request import Request
from registry_tasks.registry.access.accounts import turn_on_accounts
from registry_tasks.registry.access.tokens import issue_token, list_tokens
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.experiments.log_run import finish_run
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

PROCESSES: Final = 8
ADA: Final = Identity(actor="ada")
"""Who asks, also after one of the cases has turned accounts on."""


@pytest.mark.slow
def test_every_request_there_is_has_a_case(sqlite_world: World) -> None:
    """Prefect keeps the keys of rebuilds: tests/faces/contract/test_reproducing.py."""
    sqlite_world.caller = ADA
    ways = {made for made in all_requests() if made.takes_key and not made.tells_secret}
    ways -= {Reproduce}
    assert ways == set(VERBS)
    declare(sqlite_world, *(f"kinds-{name}" for name in CASES))
    made = {
        type(case.prepare(Maker(sqlite_world, f"kinds-{name}"))) for name, case in CASES.items()
    }
    assert made == ways


@pytest.mark.slow
def test_one_key_has_one_effect_and_one_answer(
    world: World, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git is told at the end, once: P1 looks at what is told when."""
    monkeypatch.setattr(mirror, "deliver", lambda registry: None)
    world.caller = ADA
    calls = Counter[str]()
    on_server = world.store_url.startswith("postgresql")
    ways = {name: way for name, way in WAYS.items() if on_server or way is not after_a_cut}
    declare(world, *(f"{name}-{case}" for name in ("one", *ways) for case in CASES))
    first = Maker(world, "first")  # what all share is made once
    first.version(1)
    finish_run(world.registry(), CASES["finish-run"].prepare(first))
    turns = cycle(ways)  # a short trial asks each case in one of the ways
    for case in CASES:
        expected = effect_of_one_call(world, case)
        for name in ways if trial.full else [next(turns)]:
            way = ways[name]
            made = ask(world, case, f"{name}-{case}")
            before = rows(world)
            with noted(f"{case}, {name}"), way(world, made) as (answers, count):
                assert len(set(answers)) == 1, answers
                assert effect(before, rows(world)) == expected
                check_the_same_key_asks_for_nothing_else(world, case, made)
            calls[way.__name__] += count
    database = "PostgreSQL" if on_server else "SQLite"
    mirror.sync(world.registry())
    assert examine(world.registry()) == ()
    told = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in calls.items())
    trial.report(
        "P4",
        n=f"{database}, {len(CASES)} cases of {len(VERBS)} requests, {sum(calls.values())} calls "
        f"({told})",
        figure="exactly 1 effect, equal answers, another body refused each time",
    )


@pytest.mark.slow
def test_what_answers_with_a_secret_is_done_once_for_one_of_many(world: World) -> None:
    """The others are told that it was done; its secret stands in no table."""
    world.version(1)
    root = turn_on_accounts(world.registry(), TurnOnAccounts(account="root"))
    registry = Registry(replace(world.settings, token=root.secret))
    request = IssueToken(account="root", label="once", key="once")

    def issue(_: int) -> str | None:
        try:
            return issue_token(registry, request).secret
        except SecretTold:
            return None

    registry.close()
    world.close()
    told = together(PROCESSES, issue)
    (secret,) = [answer for answer in told if answer]
    made = [token for token in list_tokens(registry, "root") if token.label == "once"]
    assert len(made) == 1
    with registry.metadata.reading() as connection:
        kept = connection.execute(sa.select(t.request).where(t.request.c.key == "once")).one()
    assert secret not in str(kept)
    registry.close()


# ---------------------------------------------------------------- ways to ask more than once

Asked = tuple[list[str], int]  # answers, calls


@contextmanager
def in_parallel_then_in_series(world: World, request: Request) -> Iterator[Asked]:
    world.close()
    answers: list[str] = together(PROCESSES, lambda _: said(world, request))
    answers += [said(world, request) for _ in range(5)]
    yield answers, len(answers)


@contextmanager
def after_a_kill(world: World, request: Request) -> Iterator[Asked]:
    """The process dies at the moment the change is made; nobody heard the answer."""
    world.close()
    child = os.fork()
    if child == 0:
        commit = Transaction.commit

        def last(tx: Transaction) -> None:
            commit(tx)
            os.kill(os.getpid(), signal.SIGKILL)

        Transaction.commit = last  # type: ignore[method-assign]
        said(world, request)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    yield [*(said(world, request) for _ in range(2)), kept(world, request)], 3


@contextmanager
def after_a_cut(world: World, request: Request) -> Iterator[Asked]:
    """The connection is cut when the server has committed and before its answer is through."""
    with losing_door(world.store_url, marked=b"INSERT INTO request") as (door, url):
        yield cut_once(world, request, door, url), 3


WAYS: Final = {"p": in_parallel_then_in_series, "k": after_a_kill, "c": after_a_cut}


def cut_once(world: World, request: Request, door: LosingDoor, url: str) -> list[str]:
    registry = Registry(replace(world.settings, store_url=url), world.caller)
    door.armed = True
    with pytest.raises(StoreUnreachable):
        VERBS[type(request)](registry, request)
    assert door.lost == 1
    again = said_by(registry, request)
    registry.close()
    return [again, said(world, request), kept(world, request)]


# ---------------------------------------------------------------- what came of it


def _count_of(table: sa.Table) -> sa.Select[tuple[str, int]]:
    return sa.select(sa.literal(table.name), sa.func.count()).select_from(table)


COUNTS: Final = sa.union_all(
    *(_count_of(table) for table in t.metadata.tables.values() if table is not t.outbox),
    sa.select(t.event.c.kind, sa.func.count()).group_by(t.event.c.kind),
)


def declare(world: World, *models: str) -> None:
    """Give each model its policy, all at once: the file is read anew after each change."""
    text = (world.root / "params.yaml").read_text()
    more = "".join(f"    {model}:{POLICY}" for model in models)
    world.commit({"params.yaml": text.rstrip("\n") + "\n" + more})


def ask(world: World, case: str, model: str) -> Request:
    request = CASES[case].prepare(Maker(world, model))
    return request.model_copy(update={"key": f"key of {model}"})


def said(world: World, request: Request) -> str:
    return said_by(world.registry(), request)


def said_by(registry: Registry, request: Request) -> str:
    """The answer or the refusal, byte by byte."""
    try:
        return VERBS[type(request)](registry, request).model_dump_json()
    except (AwaitingApproval, GateFailed) as error:
        return repr(error)
    finally:
        registry.close()


def kept(world: World, request: Request) -> str:
    """What is kept as the answer; a promotion keeps more, and a refusal is told as an error.

    What an approval completed is in the answer, and was not there when it was kept.
    """
    with world.registry().metadata.reading() as connection:
        row = connection.execute(sa.select(t.request).where(t.request.c.key == request.key)).one()
    if isinstance(request, Promote | Approve):
        return said(world, request)
    assert json.loads(row.answer)
    return str(row.answer)


def rows(world: World) -> Counter[str]:
    """How many rows there are in each table, and events of each kind."""
    with world.registry().metadata.reading() as connection:
        return Counter({name: count for name, count in connection.execute(COUNTS)})


def effect(before: Counter[str], after: Counter[str]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def effect_of_one_call(world: World, case: str) -> dict[str, int]:
    made = ask(world, case, f"one-{case}")
    before = rows(world)
    said(world, made)
    found = effect(before, rows(world))
    assert found["request"] == 1, found
    assert (found.get("event", 0) >= 1) == (case not in UNTOLD), found
    return found


def check_the_same_key_asks_for_nothing_else(world: World, case: str, made: Request) -> None:
    before = rows(world)
    other = CASES[case].other(made).model_copy(update={"key": made.key})
    assert other.body() != made.body()
    with pytest.raises(KeyReused):
        VERBS[type(other)](world.registry(), other)
    assert rows(world) == before


@contextmanager
def noted(what: str) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        error.add_note(what)
        raise
