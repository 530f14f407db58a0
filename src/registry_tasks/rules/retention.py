"""Which versions a policy lets the archive flow take out of sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from registry_tasks.entities.policy import Retention
from registry_tasks.entities.stage import Stage
from registry_tasks.rules.stages import is_single

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Standing:
    """A version as retention sees it."""

    number: int
    stages: dict[str, str]  # environment -> stage
    aliases: tuple[str, ...]
    left_production: int | None  # 0: the last to leave, 1: the one before, None: never in it
    used: tuple[str, ...] = ()  # where it is deployed, in words
    held: str | None = None  # the reason of its hold
    created_at: datetime = _LONG_AGO


def why_in_use(standing: Standing) -> str | None:
    """Say why a version must not be archived, None if nothing speaks against it."""
    for environment, stage in standing.stages.items():
        if is_single(stage):
            return f"it is in {stage} ({environment})"
    if standing.aliases:
        return f"alias {standing.aliases[0]!r} points to it"
    if standing.used:
        return f"it is deployed: {standing.used[0]}"
    return None


def to_archive(
    standings: Sequence[Standing], retention: Retention, now: datetime
) -> dict[int, str]:
    """Return version numbers to archive, each with the reason.

    A hold does not forbid that a person archives a version, but policy leaves it where it is.
    """
    young = now - timedelta(days=retention.keep_days)
    free = [s for s in standings if _is_free(s) and s.created_at <= young]
    chosen = _old(standings, free, retention, now)
    if (keep := retention.keep_superseded) is not None:
        for s in free:
            if s.left_production is not None and s.left_production >= keep:
                chosen[s.number] = f"superseded; policy keeps the last {keep}"
    if (keep := retention.keep_stale) is not None:
        risen = [s.number for s in standings if set(s.stages.values()) & _HELD]
        newest = max(risen, default=0)
        stale = [s.number for s in free if s.left_production is None and s.number < newest]
        for number in sorted(stale, reverse=True)[keep:]:
            chosen[number] = (
                f"stale: version {newest} rose without it; policy keeps the last {keep}"
            )
    return dict(sorted(chosen.items()))


def _is_free(standing: Standing) -> bool:
    in_pool = set(standing.stages.values()) == {Stage.EXPERIMENT}
    return in_pool and why_in_use(standing) is None and standing.held is None


def _old(
    standings: Sequence[Standing], free: Sequence[Standing], retention: Retention, now: datetime
) -> dict[int, str]:
    days = retention.archive_after_days
    if days is None:
        return {}
    newest = max((s.number for s in standings), default=0)
    old = [s for s in free if s.number != newest and now - s.created_at >= timedelta(days=days)]
    return {s.number: f"old; policy archives after {days} days" for s in old}


_HELD = {Stage.STAGING, Stage.PRODUCTION}
