"""Work out from the history alone where every version stands, and check each instant of it."""

from collections.abc import Iterable

from registry_tasks.entities.event import MOVES, Event, EventKind
from registry_tasks.entities.stage import Stage
from registry_tasks.rules.stages import is_single


def replay(
    history: Iterable[Event], environment: str = "default", *, one_clock: bool = True
) -> dict[int, str]:
    """Return number -> stage; the history is a model's, oldest first.

    Asserts that each move starts where the one before it ended, that a stage with one place
    never has two versions between any two events, and that time never runs backwards, where all
    was done by ``one_clock`` that nobody set.
    """
    stages: dict[int, str] = {}
    last = None
    for event in history:
        assert last is None or last.sequence < event.sequence
        assert not one_clock or last is None or last.at <= event.at, f"{event} is older than {last}"
        last = event
        if event.kind == EventKind.VERSION_REGISTERED:
            assert event.version is not None
            stages[event.version] = Stage.EXPERIMENT
        if event.kind not in MOVES:
            continue
        assert isinstance(event.before, dict) and isinstance(event.after, dict)
        if event.after["environment"] != environment:
            continue
        assert event.version is not None
        assert stages.get(event.version, Stage.EXPERIMENT) == event.before["stage"], event
        stage = str(event.after["stage"])
        stages[event.version] = stage
        if is_single(stage):
            holders = [number for number, held in stages.items() if held == stage]
            assert holders == [event.version], f"{holders} in {stage} after {event}"
    return stages
