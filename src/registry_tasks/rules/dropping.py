"""Which versions may let go of their bytes: archived ones that a rebuild gave again, byte for byte."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from registry_tasks.entities.errors import NotDroppable
from registry_tasks.entities.manifest import Home
from registry_tasks.entities.policy import Retention
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.rules.retention import Standing, why_in_use


@dataclass(frozen=True)
class Making:
    """What is known of how a version was made and can be made again."""

    commit: str | None
    home: Home  # of the model's own file
    verdict: Verdict | None  # of its last rebuild
    shared_with: str | None  # who else has the model's own file
    archived_at: datetime | None


def check_droppable(ref: str, standing: Standing, making: Making) -> None:
    """Raise NotDroppable unless a version may let go of its bytes."""
    if why := why_kept(ref, standing, making):
        raise NotDroppable(ref, why)


def why_kept(ref: str, standing: Standing, making: Making) -> str | None:
    """Say why a version must keep its bytes, None if nothing speaks against dropping them."""
    stage = standing.stages.get(DEFAULT_ENVIRONMENT, Stage.EXPERIMENT)
    if stage != Stage.ARCHIVED:
        return f"it is in {stage}, and only an archived version can do without"
    if why := why_in_use(standing):
        return why
    if standing.held is not None:
        return f"it is held ({standing.held}) until `registry release {ref} --reason WHY`"
    if making.commit is None:
        return "it was registered without a Git commit to make it again from"
    if making.home is not Home.REMOTE:
        return "its model is kept by Git, which lets go of nothing"
    if making.verdict is not Verdict.IDENTICAL:
        found = "it was never rebuilt" if making.verdict is None else "its last rebuild differed"
        return found
    if making.shared_with is not None:
        return f"its model file is also that of {making.shared_with}, which keeps it"
    return None


def is_due(making: Making, retention: Retention, now: datetime) -> bool:
    """Whether policy lets the bytes of an archived version go by now."""
    if retention.drop_bytes_after_days is None or making.archived_at is None:
        return False
    return now - making.archived_at >= timedelta(days=retention.drop_bytes_after_days)
