"""Judge a soak: what must hold holds, what must be flat is flat."""

import json
import os
from collections.abc import Iterator
from typing import Final
from unittest.mock import patch

from support.replay import replay

from registry_tasks import Client, connect
from registry_tasks.faces.cli.exit_codes import FINDINGS
from soak.conduct import Outcome, Soak
from soak.samples import LONG_ENOUGH_S, Line
from soak.worker import MODELS

_ALL: Final = 10_000_000
_GROWING: Final = ("store", "Git objects", "Git bytes", "loose refs")
_STEEPER: Final = 1.5  # so many times as much may a write add in the second half
_LOOK: Final = ("doctor", "--json")
_AFTERWARDS: Final = (("sync",), _LOOK, ("doctor", "--repair"), ("doctor", "--quick", "--json"))
_LEFT_BY_FAULTS: Final = frozenset({"download.damaged", "temporary.left", "lock.stale"})


def judge(soak: Soak, outcome: Outcome) -> list[str]:
    """Return what does not hold, empty if all does."""
    wrong = [*outcome.failures, *_of_doctor(soak)]
    with patch.dict(os.environ, soak.environment), connect() as client:
        for model in (*MODELS, "mower"):
            wrong += _of_model(client, model, outcome)
    wrong += [
        f"{line.name} is not flat: {line.growth:+.1f} {line.limit.unit} after warm-up, "
        f"at most {line.limit.growth} allowed"
        for line in outcome.samples.lines(outcome.warm_up_s)
        if not line.holds
    ]
    if outcome.seconds > LONG_ENOUGH_S:
        halves = {name: _halves(outcome, name) for name in _GROWING}
        wrong += [
            f"{name} grows faster and faster: {first:.1f}, then {second:.1f} a write"
            for name, (first, second) in halves.items()
            if second > _STEEPER * first
        ]
    return wrong


def _halves(outcome: Outcome, name: str) -> tuple[float, float]:
    """By how much it grew for each write, in each half after warm-up."""
    middle = (outcome.warm_up_s + outcome.seconds) / 2
    samples = outcome.samples
    first = samples.each(name, "writes", outcome.warm_up_s, middle)
    return first, samples.each(name, "writes", middle, outcome.seconds)


def _of_doctor(soak: Soak) -> Iterator[str]:
    """What the faults left may be there until it is mended, and nothing else; then nothing."""
    for command in _AFTERWARDS:
        ended = soak.command(*command)
        if ended.returncode not in (0, FINDINGS):
            yield f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr}"
        elif "--json" in command:
            found = [
                finding for finding in json.loads(ended.stdout)["items"] if not finding["note"]
            ]
            allowed = _LEFT_BY_FAULTS if command == _LOOK else frozenset()
            yield from (
                f"doctor: {f['what']} ({f['where']})" for f in found if f["kind"] not in allowed
            )


def _of_model(client: Client, model: str, outcome: Outcome) -> Iterator[str]:
    stages = {v.number: v.stage for v in client.versions(model, limit=_ALL)}
    if sorted(stages) != list(range(1, len(stages) + 1)):
        yield f"the numbers of {model} are not dense: {sorted(stages)[:20]}..."
    try:
        replayed = replay(reversed(client.history(model, limit=_ALL)))
    except AssertionError as error:
        yield f"the history of {model} contradicts itself: {error}"
    else:
        if replayed != stages:
            different = sorted(n for n in stages if replayed.get(n) != stages[n])
            yield f"the history of {model} leads elsewhere for {different[:20]}"
    known = {v.number: v.sha256 for v in client.versions(model, limit=_ALL)}
    for _, number, digest in (made for made in outcome.made if made[0] == model):
        if known.get(number) != digest:
            yield f"{model}@{number} was acknowledged with {digest} and is {known.get(number)}"


def table(outcome: Outcome) -> str:
    """Show what was measured."""
    rows = ["| what | after warm-up | at the end | fitted, a minute | fitted growth | allowed |",
            "|---|---|---|---|---|---|"]  # fmt: skip
    rows += [_row(line) for line in outcome.samples.lines(outcome.warm_up_s)]
    rows.append("")
    for name in _GROWING:
        first, second = _halves(outcome, name)
        rows.append(f"{name}: {first:,.1f} a write in the first half, {second:,.1f} in the second")
    counts = ((name, f"{n:,}") for name, n in sorted(outcome.counts.items()))
    rows.append(f"{outcome.seconds:.0f} s; acts: " + _list(counts))
    rows.append(f"versions acknowledged: {len(outcome.made):,}")
    rows.append("commands and exit codes: " + _list(sorted(outcome.commands.items())))
    rows.append("faults: " + _list(sorted(outcome.faults.items())))
    return "\n".join(rows)


def _row(line: Line) -> str:
    unit = f" {line.limit.unit}" if line.limit.unit else ""
    mark = "" if line.holds else " **over**"
    return (
        f"| {line.name} | {line.first:.1f}{unit} | {line.last:.1f}{unit} | "
        f"{line.per_minute:+.3f}{unit} | {line.growth:+.1f}{unit}{mark} | "
        f"{line.limit.growth:g}{unit} |"
    )


def _list(pairs: object) -> str:
    return ", ".join(f"{name} {count}" for name, count in pairs)  # type: ignore[attr-defined]
