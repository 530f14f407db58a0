"""Everything the store knows about one version."""

from datetime import datetime

from pydantic import JsonValue

from registry_tasks.entities.comparison import Comparison
from registry_tasks.entities.drill import Drill
from registry_tasks.entities.dropped_bytes import DroppedBytes
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.profile import Note, Profile
from registry_tasks.entities.promotion import PromotionAttempt
from registry_tasks.entities.removal import LegalHold, Tombstone
from registry_tasks.entities.reproduction import Reproduction
from registry_tasks.entities.run import Run
from registry_tasks.entities.semantic_version import Bump
from registry_tasks.entities.signature import Signature


class Confirmation(Entity):
    """A later run with the same recipe and the same outputs."""

    run: str
    at: datetime
    by: str


class VersionSummary(Entity):
    """What the store knows about one version, but for its files, of which there may be very many."""

    version: ModelVersion
    description: str
    bump: Bump
    bump_reasons: tuple[str, ...]
    based_on: str | None  # the reference of the version it was compared with
    same_recipe_as: str | None  # set when the same recipe gave other bytes
    grade_reasons: tuple[str, ...]  # what keeps it from a better one now
    grade_at_birth: str
    signature: Signature | None
    run: Run
    parameters: dict[str, JsonValue]
    metrics: dict[str, float]
    tags: dict[str, str]
    environment: Environment
    confirmations: tuple[Confirmation, ...]
    comparisons: tuple[Comparison, ...]
    attempts: tuple[PromotionAttempt, ...]
    reproductions: tuple[Reproduction, ...]
    hold: LegalHold | None
    dropped: DroppedBytes | None  # since when and why it is without its bytes
    drills: tuple[Drill, ...]  # the newest first
    tombstone: Tombstone | None
    profile: Profile
    notes: tuple[Note, ...]  # the newest


class VersionRecord(VersionSummary):
    """Everything the store knows about one version."""

    manifest: Manifest
