"""Which versions a policy lets the archive flow take out of sight."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry_tasks.entities.policy import Retention
from registry_tasks.entities.stage import Stage
from registry_tasks.rules.stages import is_single


@dataclass(frozen=True)
class Standing:
    """A version as retention sees it."""

    number: int
    stages: dict[str, str]  # environment -> stage
    aliases: tuple[str, ...]
    left_production: int | None  # 0: the last to leave, 1: the one before, None: never in it
    used: tuple[str, ...] = ()  # where it is deployed, in words


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


def to_archive(standings: Sequence[Standing], retention: Retention) -> dict[int, str]:
    """Return version numbers to archive, each with the reason."""
    free = [
        s
        for s in standings
        if set(s.stages.values()) == {Stage.EXPERIMENT} and why_in_use(s) is None
    ]
    chosen: dict[int, str] = {}
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


_HELD = {Stage.STAGING, Stage.PRODUCTION}
