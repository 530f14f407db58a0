"""Drill versions: look at each, rebuild it, keep what was found."""

import resource
import time

from prefect import get_run_logger, task

from registry_tasks.entities.drill import Drill, DueDrill, Findings, Looked
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.drill import (
    Looks,
    Rebuilt,
    judge,
    keep_drill,
    look_at,
    plan_drills,
    why_not_rebuilt,
)
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks.retrying import READS, WRITES

_CHARACTERS = 2000


def cpu_seconds() -> float:
    """Return the CPU time of this process and of all that it started and that has ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


@task(name="choose what to drill", **READS)
def choose_drills(model: str | None, archived: int, seed: int) -> tuple[DueDrill, ...]:
    """Read: everything in production and some of what is archived, first what waited longest."""
    with Registry.open() as registry:
        return plan_drills(registry, model, archived, seed)


@task(name="look at it", task_run_name="look at {ref}", **READS)
def look_again(ref: str) -> tuple[Looks, float]:
    """Read: hash what it needs, and ask for its packages; also how long that took, in seconds."""
    began = time.monotonic()
    with Registry.open() as registry:
        return look_at(registry, ref), time.monotonic() - began


@task(name="see whether it can be rebuilt", **READS)
def see_whether(ref: str) -> Rebuilt | None:
    """Read: why it cannot be rebuilt here, None if it can be tried."""
    with Registry.open() as registry:
        return why_not_rebuilt(registry, ref)


@task(name="judge the rebuild of a drill", **READS)
def judge_drill(ref: str, verdict: Verdict) -> Rebuilt:
    """Read: what the rebuild means, by those before it."""
    with Registry.open() as registry:
        return judge(registry, ref, verdict)


@task(name="keep the drill", task_run_name="keep the drill of {ref}", **WRITES)
def finish_drill(
    ref: str, looked: tuple[Looks, float], rebuilt: Rebuilt, cpu_began_s: float
) -> Drill:
    """Write: what was found, and why where it is not well."""
    looks, duration_s = looked
    failure = "; ".join(why for why in (*looks.failures, rebuilt.why) if why)
    found = Findings(
        bytes=looks.bytes,
        environment=looks.environment,
        rebuild=rebuilt.looked,
        files=looks.files,
        size_bytes=looks.size_bytes,
        packages=looks.packages,
        failure=failure[:_CHARACTERS],
        duration_s=duration_s,
        cpu_s=cpu_seconds() - cpu_began_s,
    )
    with Registry.open() as registry:
        kept = keep_drill(registry, ref, found)
    say = get_run_logger().error if kept.verdict is Looked.FAILED else get_run_logger().info
    say("drill of %s: %s %s", ref, kept.verdict, failure)
    return kept
