"""Train: run a model's pipeline in a workspace of its own and keep what it came to."""

from typing import Any

from registry_tasks.entities.run import DataWanted, Train
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.pipeline import run_pipeline
from registry_tasks.tasks.runs import record_run, started_run


@lasting_flow(name="train", flow_run_name="train {model}")
def train(
    model: str,
    parameters: dict[str, Any] | None = None,
    commit: str | None = None,
    experiment: str = "default",
    data: DataWanted = DataWanted.COMMITTED,
) -> str:
    """Return the run's UUID."""
    request = Train(
        model=model,
        parameters=parameters or {},
        commit=commit,
        experiment=experiment,
        data=data,
    )
    with started_run(request) as workspace:
        execution = run_pipeline(workspace)
        return record_run(workspace, execution)
