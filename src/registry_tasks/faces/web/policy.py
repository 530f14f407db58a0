"""A model's policy: what decides about it, and which past promotions another one would change."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from fastapi import Response

from registry_tasks.entities.errors import NotFound, RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.policy_replay import PolicyReplay
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.reading import Viewing
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of
from registry_tasks.registry.lifecycle.replay_policy import replay_policy

_SHOWN: Final = 100
_COLUMNS: Final = ("version", "to", "environment", "at", "by", "then", "now", "gate", "why")


@needs(Permission.READ)
def replay_page(view: Viewing, model: str, commit: str = "", text: str = "") -> Response:
    """Judge past promotions by the policy of a commit, or by one that is written here."""
    asked = text.strip(), commit.strip()
    found, problem = None, None
    try:
        found = replay_policy(
            view.registry, model, asked[0] or None, asked[1] or None, limit=_SHOWN
        )
    except NotFound:
        raise
    except RegistryError as error:
        problem = error
    if found is not None and (file := csv_of(view.request, _table(found))):
        return file
    attempts = () if found is None else found.attempts
    return render(
        view.request,
        view.caller,
        "policy.html",
        model=model,
        commit=commit,
        text=text,
        found=found,
        problem=problem,
        told=Counter(one.now.value for one in attempts if one.differs),
        unknown=sum(one.now == "unknown" for one in attempts),
    )


def _table(found: PolicyReplay) -> Table:
    return Table(f"{found.model}-replay", _COLUMNS, lambda: _rows(found))


def _rows(found: PolicyReplay) -> Iterator[tuple[object, ...]]:
    for one in found.attempts:
        for gate in one.gates:
            yield (
                *(one.version, one.target, one.environment, one.at, one.by),
                *(str(one.then), str(one.now), gate.gate, f"{gate.outcome}: {gate.reason}"),
            )


ROUTES: Final = (page("/policy", replay_page),)
