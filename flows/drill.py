"""Drill: look, a few versions a night, whether they could be brought back today."""

from reproduce import reproduce

from registry_tasks.entities.drill import Drill, Drilled, DueDrill, Looked
from registry_tasks.entities.errors import CpuSpent, RegistryError, Unavailable
from registry_tasks.registry.care.drill import Rebuilt
from registry_tasks.tasks.drilling import (
    choose_drills,
    cpu_seconds,
    finish_drill,
    judge_drill,
    look_again,
    see_whether,
)
from registry_tasks.tasks.lasting import lasting_flow

NOT_AFFORDABLE = "rebuilding it takes about {:.0f} CPU minutes, more than a night may have"
ENDED = "rebuilding it was ended after {:.1f} CPU minutes, which was all that the night had left"


@lasting_flow(name="drill", flow_run_name="drill what is in production and some of the archived")
def drill(
    model: str | None = None, minutes: float = 30.0, archived: int = 3, seed: int = 0
) -> Drilled:
    """Take at most so many CPU minutes; what was not reached is said, and comes first the next time.

    A version is begun if what its rebuild took before fits into what is left, and ended if it
    takes more.
    """
    budget_s, began = 60 * minutes, cpu_seconds()
    made: list[Drill] = []
    not_reached: list[str] = []
    for due in choose_drills(model, archived, seed):
        is_dear = due.expected_cpu_s > budget_s
        needed_s = 0.0 if is_dear else due.expected_cpu_s
        if cpu_seconds() - began + needed_s > budget_s:
            not_reached.append(due.version)
        else:
            made.append(_drill(due, began + budget_s, is_dear=is_dear))
    return Drilled(drills=tuple(made), not_reached=tuple(not_reached), cpu_s=cpu_seconds() - began)


def _drill(due: DueDrill, last_s: float, *, is_dear: bool) -> Drill:
    """``last_s`` is what the CPU clock shows when the night's time is spent."""
    began = cpu_seconds()
    looks = look_again(due.version)
    if is_dear:
        why = NOT_AFFORDABLE.format(due.expected_cpu_s / 60)
        return finish_drill(due.version, looks, Rebuilt(Looked.LEFT_OUT, why), began)
    rebuilt = see_whether(due.version) or _rebuild(due.version, last_s - cpu_seconds())
    return finish_drill(due.version, looks, rebuilt, began)


def _rebuild(ref: str, left_s: float) -> Rebuilt:
    try:
        made = reproduce(ref, cpu_s=left_s)
    except CpuSpent:
        return Rebuilt(Looked.UNKNOWN, ENDED.format(left_s / 60))
    except Unavailable as error:  # such as a remote that is away: it says nothing of the version
        return Rebuilt(Looked.UNKNOWN, f"it could not be tried: {error}")
    except RegistryError as error:  # such as data that is gone
        return Rebuilt(Looked.FAILED, f"it could not be rebuilt: {error}")
    return judge_drill(ref, made.verdict)
