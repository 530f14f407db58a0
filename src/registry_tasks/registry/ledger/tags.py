"""Which Git tags tell of an event, in the format of GTO: ``name@v1.2.0``, ``name#production#7``."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final, Protocol

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.entities.promotion import Move
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.entities.stage import Stage, slot
from registry_tasks.stores.metadata import models, outbox

_OURS: Final = re.compile(r"([^@#]+)(?:@v\d+\.\d+\.\d+!?|#[^#]+#\d+)")


class Told(Protocol):
    """An event as the store or the log has it."""

    @property
    def kind(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def before(self) -> JsonValue: ...
    @property
    def after(self) -> JsonValue: ...


def expected(connection: sa.Connection, names: Collection[str]) -> tuple[GitTag, ...]:
    """Work out from the events every tag that a repository has or is still to get, as queued.

    ``names`` is all that rows call the repository. A model's times go on from one to another.
    """
    last: dict[int, datetime] = {}
    tags = []
    for event in outbox.told(connection):
        semantic = str(SemanticVersion(event.major, event.minor, event.patch))
        for name, message in tags_of(event, f"{event.model}@{event.number}", semantic).items():
            at = last[event.model_id] = models.tag_time(event.at, last.get(event.model_id))
            if event.repository in names:
                made = GitTag(
                    name=name, commit=event.commit, message=message, author=event.actor, at=at
                )
                tags.append(made)
    return tuple(tags)


def model_of(tag: str) -> str | None:
    """Return the model that a tag is of if its name reads like ours, whoever made it."""
    found = _OURS.fullmatch(tag)
    return found[1] if found else None


def tags_of(event: Told, ref: str, semantic: str) -> dict[str, str]:
    """Return name -> message of the tags for an event of the version ``ref``, in their order."""
    if event.kind == EventKind.VERSION_REGISTERED:
        return registration_tags(ref, semantic)
    if event.kind == EventKind.VERSION_DELETED:
        return deletion_tags(ref, semantic)
    if event.kind not in MOVES:
        return {}
    assert isinstance(event.before, dict) and isinstance(event.after, dict)
    move = Move(
        ref=ref,
        environment=str(event.after["environment"]),
        source=str(event.before["stage"]),
        target=str(event.after["stage"]),
    )
    return move_tags(move, event.sequence)


def registration_tags(ref: str, semantic: str) -> dict[str, str]:
    """Return the tag of a new version."""
    name = f"{_model(ref)}@{semantic}"
    return {name: f"Register {ref} as {name}"}


def deletion_tags(ref: str, semantic: str) -> dict[str, str]:
    """Return the tag ``name@v1.2.0!`` with which GTO deregisters; ``name@v1.2.0`` stays."""
    return {f"{_model(ref)}@{semantic}!": f"Delete {ref}"}


def move_tags(move: Move, sequence: int) -> dict[str, str]:
    """Return the tags of a move: ``name#stage!#n`` leaves a stage, ``name#stage#n`` enters one.

    ``n`` is the sequence number of the move's event and makes the name unique. Nobody is tagged as
    in experiment: it is where all begin.
    """
    model, tags = _model(move.ref), {}
    if move.source != Stage.EXPERIMENT:
        left = slot(move.source, move.environment)
        tags[f"{model}#{left}!#{sequence}"] = f"{move.ref} leaves {left}"
    if move.target != Stage.EXPERIMENT:
        entered = slot(move.target, move.environment)
        tags[f"{model}#{entered}#{sequence}"] = f"{move.ref} enters {entered}"
    return tags


def _model(ref: str) -> str:
    return ref.rpartition("@")[0]
