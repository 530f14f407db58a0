"""Retrain: train, compare with production, register, and rise while the gates hold."""

from typing import Any

from train import train

from registry_tasks.entities.approval import Awaiting
from registry_tasks.entities.promotion import Promote, Refusal
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.retraining import Retraining
from registry_tasks.entities.run import DataWanted, Train
from registry_tasks.tasks.answers import told_retraining
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.moves import request_promotion
from registry_tasks.tasks.reports import progress
from registry_tasks.tasks.runs import compare_with_production, foresee_retraining, register_run
from registry_tasks.tasks.turns import turn_of


@lasting_flow(name="retrain", flow_run_name="retrain {model}", tells=told_retraining)
def retrain(
    model: str,
    parameters: dict[str, Any] | None = None,
    commit: str | None = None,
    experiment: str = "default",
    promote_to: tuple[str, ...] = ("staging", "production"),
    data: DataWanted = DataWanted.COMMITTED,
) -> Retraining:
    """A promotion that is refused or waits for people is no failure: the flow ends and says so.

    One that comes late or beside another one of the model ends at once, or waits for its turn.
    """
    asked = Train(model=model, parameters=parameters or {}, commit=commit, experiment=experiment)
    with turn_of(model):
        foresee_retraining(asked, promote_to)
        with progress("train", "compare", "register", *promote_to) as done:
            run = train(model, parameters, commit, experiment, data)
            done("train")
            comparison = compare_with_production(run)
            done("compare")
            registration = register_run(RegisterRun(run=run))
            done("register")
            reached: list[str] = []
            refusal, awaiting = None, None
            for stage in (s for s in promote_to if s not in registration.attempted):
                answer = request_promotion(Promote(ref=registration.version.ref, to=stage))
                if isinstance(answer, Refusal):
                    refusal = answer
                    break
                if isinstance(answer, Awaiting):
                    awaiting = answer
                    break
                reached.append(stage)
                done(stage)
    return Retraining(
        registration=registration,
        comparison=comparison,
        reached=tuple(reached),
        refusal=refusal,
        awaiting=awaiting,
    )
