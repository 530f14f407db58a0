"""What the doctor saw, and what became of it."""

from enum import StrEnum

from registry_tasks.entities.entity import Entity


class FindingKind(StrEnum):
    """Every way in which the stores can disagree; docs/doctor.md says what each means."""

    STORE_MOVED = "store.moved"
    DATABASE_DAMAGED = "database.damaged"
    ROW_DANGLING = "row.dangling"
    ROW_MISSING = "row.missing"
    ROW_DIFFERS = "row.differs"
    ROW_UNKNOWN = "row.unknown"
    NUMBER_MISSING = "number.missing"
    RUN_UNFINISHED = "run.unfinished"
    RUN_DEAD = "run.dead"
    MANIFEST_DIFFERS = "manifest.differs"
    HISTORY_MISSING = "history.missing"
    HISTORY_BROKEN = "history.broken"
    STAGE_MISSING = "stage.missing"
    STAGE_DIFFERS = "stage.differs"
    STAGE_UNKNOWN = "stage.unknown"
    ALIAS_MISSING = "alias.missing"
    ALIAS_DIFFERS = "alias.differs"
    ALIAS_UNKNOWN = "alias.unknown"
    ANSWER_DANGLING = "answer.dangling"
    ANSWER_DOUBLED = "answer.doubled"
    LINEAGE_MISSING = "lineage.missing"
    LINEAGE_DANGLING = "lineage.dangling"
    LINEAGE_CYCLIC = "lineage.cyclic"
    GIT_BROKEN = "git.broken"
    TAG_WAITING = "tag.waiting"
    TAG_BLOCKED = "tag.blocked"
    TAG_MISSING = "tag.missing"
    TAG_MOVED = "tag.moved"
    TAG_UNKNOWN = "tag.unknown"
    REF_MISSING = "ref.missing"
    REF_MOVED = "ref.moved"
    REF_ELSEWHERE = "ref.elsewhere"
    REF_UNKNOWN = "ref.unknown"
    LOG_BEHIND = "log.behind"
    LOG_DIFFERS = "log.differs"
    SHARED_BEHIND = "shared.behind"
    SHARED_DIFFERS = "shared.differs"
    SHARED_UNAVAILABLE = "shared.unavailable"
    DELIVERY_DEAD = "delivery.dead"
    DELIVERY_WAITING = "delivery.waiting"
    LOCK_STALE = "lock.stale"
    REMOTE_UNAVAILABLE = "remote.unavailable"
    OBJECT_MISSING = "object.missing"
    OBJECT_DAMAGED = "object.damaged"
    OBJECT_UNKNOWN = "object.unknown"
    SOURCE_MISSING = "source.missing"
    SOURCE_DAMAGED = "source.damaged"
    TEMPORARY_LEFT = "temporary.left"
    CACHE_DAMAGED = "cache.damaged"
    DOWNLOAD_DAMAGED = "download.damaged"
    WORKSPACE_DEAD = "workspace.dead"


class Outcome(StrEnum):
    """What a repair came to."""

    MENDED = "mended"
    NOT_MENDED = "not mended"


class Finding(Entity):
    """One thing that is not as it should be, and what mends it.

    ``repair`` is a command: the one that mends it, or the one that gets furthest where a person has
    to decide; ``advice`` then says what to know before it. ``repairable`` says whether ``registry
    doctor --repair`` mends it. A ``note`` harms nothing and is no alarm. ``outcome`` and ``reason``
    are there after a repair.
    """

    kind: FindingKind
    what: str
    where: str
    repair: str
    repairable: bool
    advice: str = ""
    note: bool = False
    outcome: Outcome | None = None
    reason: str = ""
