"""Remake: bring back the bytes that a version let go of; only the very same ones are taken."""

from registry_tasks.entities.dropped_bytes import Remaking
from registry_tasks.entities.errors import NotRemade, StageFailed
from registry_tasks.stores.dvc.reproduction import Rerun
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.moves import fresh_rebuild, judge_failed_rebuild, judge_rebuild
from registry_tasks.tasks.pipeline import run_pipeline
from registry_tasks.tasks.remaking import put_bytes_back, rebuild_all_of_it, take_bytes_back


@lasting_flow(name="remake", flow_run_name="remake the bytes of {ref}")
def remake(ref: str) -> Remaking:
    """Where nobody has collected them yet, nothing is built. Raises NotRemade."""
    if (kept := take_bytes_back(ref)) is not None:
        return kept
    with fresh_rebuild(ref) as begun:
        rebuild = rebuild_all_of_it(begun)
        try:
            run_pipeline(rebuild.workspace, Rerun.EVERYTHING)
        except StageFailed as failure:
            judge_failed_rebuild(rebuild, failure)
            raise NotRemade(ref, f"DVC stage {failure.stage} failed") from failure
        judge_rebuild(rebuild)
        return put_bytes_back(rebuild)
