"""What somebody may be permitted to do. Every request of a change names the one that it needs."""

from enum import StrEnum


class Permission(StrEnum):
    """One kind of act."""

    READ = "read"
    OWN_TOKENS = "make tokens"  # for oneself; for others it takes ACCESS
    ANNOTATE = "describe"  # profiles, notes, tags, schemas, data
    RECORD = "record"  # runs, versions, comparisons, reproductions, deployments
    MOVE_STAGE = "move the stage"
    MOVE_ALIAS = "move the alias"
    APPROVE = "approve"
    KEEP = "hold and delete"
    ACCESS = "manage access"
    SUBSCRIBE = "manage subscriptions"
    CARE = "take care of the store"  # repair, import, move
