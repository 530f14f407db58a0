"""Verbs in an order of chance, while the clock jumps before each of them.

Also a program: ``python -m support.wandering FOLDER STORE_URL SEED STEPS CLOCK_FILE`` runs under
libfaketime, which reads the offset from the file whenever the time is asked for.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from registry_tasks.entities.annotation import PointAlias
from registry_tasks.entities.errors import Conflict, NotFound, Refused
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from support.world import World

DAY_S = 86_400
JUMPS_S = (0.0, 0.0, -1.0, 1.0, -3600.0, 3600.0, -DAY_S, DAY_S)


def wander(world: World, seed: int, steps: int, set_clock: Callable[[float], None]) -> int:
    """Make ``steps`` calls; returns how many changed something."""
    chance, changed = Random(seed), 0
    registry = world.registry()
    for _ in range(steps):
        set_clock(chance.choice(JUMPS_S) + chance.uniform(-1, 1))
        ref = f"mower@{chance.randint(1, 4)}"
        stage = chance.choice(("staging", "production", "production", "experiment"))
        alias = PointAlias(ref=ref, alias=chance.choice(("hero", "night")))
        verb: Callable[[], object] = chance.choice(
            (
                lambda r=ref, s=stage: promote(registry, Promote(ref=r, to=s)),
                lambda r=ref, s=stage: promote(registry, Promote(ref=r, to=s)),
                lambda: roll_back(registry, RollBack(model="mower")),
                lambda r=ref: archive(registry, Archive(ref=r)),
                lambda r=ref: restore(registry, Restore(ref=r)),
                lambda a=alias: point_alias(registry, a),
            )
        )
        try:
            verb()
        except (Refused, NotFound, Conflict):
            continue
        changed += 1
    registry.close()
    return changed


def main() -> None:
    folder, url, seed, steps, clock = sys.argv[1:]
    world, file = World(Path(folder), url), Path(clock)
    set_file(file, DAY_S)
    later = datetime.now(UTC)
    set_file(file, -DAY_S)
    assert (later - datetime.now(UTC)).days >= 1, "the clock is not ours"
    print(wander(world, int(seed), int(steps), lambda s: set_file(file, s)))


def set_file(file: Path, offset_s: float) -> None:
    """Let whoever reads its clock from the file see another time from now on, at once."""
    new = file.with_suffix(".new")
    new.write_text(f"{offset_s:+.3f}")
    new.replace(file)


if __name__ == "__main__":
    main()
