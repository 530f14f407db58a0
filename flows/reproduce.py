"""Reproduce: rebuild a version in a fresh clone, really running every stage, and judge it."""

from registry_tasks.entities.errors import StageFailed
from registry_tasks.entities.reproduction import Reproduction
from registry_tasks.stores.dvc.reproduction import Rerun
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.moves import fresh_rebuild, judge_failed_rebuild, judge_rebuild
from registry_tasks.tasks.pipeline import run_pipeline


@lasting_flow(name="reproduce", flow_run_name="reproduce {ref}")
def reproduce(ref: str, cpu_s: float | None = None) -> Reproduction:
    """A version that comes out otherwise is a verdict and no failure: the flow ends well.

    Args:
        ref: the version.
        cpu_s: CPU time in seconds that the DVC stages may take; then they are ended, and there is
            no verdict.
    """
    with fresh_rebuild(ref) as rebuild:
        try:
            run_pipeline(rebuild.workspace, Rerun.EVERYTHING, cpu_s)
        except StageFailed as failure:
            return judge_failed_rebuild(rebuild, failure)
        return judge_rebuild(rebuild)
