"""Explain: why a metric changed, by counterfactual runs with only some of what changed."""

from registry_tasks.entities.explanation import Explanation
from registry_tasks.tasks.explaining import plan_runs, run_counterfactual, score_on_holdout, split
from registry_tasks.tasks.lasting import lasting_flow


@lasting_flow(name="explain", flow_run_name="explain {before} to {after}")
def explain(before: str, after: str, packages: bool = False) -> Explanation:
    """Run every mix of what changed; one that cannot run leaves its causes together."""
    plan = plan_runs(before, after, packages)
    old = score_on_holdout(plan, plan.before.run)
    new = score_on_holdout(plan, plan.after.run)
    made = []
    for mix in plan.mixes:
        name = f"with the other {', '.join(mix)}" if mix else "as before"
        made.append(run_counterfactual.with_options(task_run_name=name)(plan, mix))
    return split(plan, old, new, made)
