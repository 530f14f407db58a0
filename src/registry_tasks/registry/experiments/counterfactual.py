"""Counterfactual: what a metric would be with only some of what changed, and so why it changed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from math import fsum
from pathlib import Path, PurePosixPath
from zlib import crc32

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.difference import Cause
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.errors import (
    CommitNotFound,
    ExtraMissing,
    NotExplainable,
    RunNotFound,
)
from registry_tasks.entities.explanation import EXPERIMENT, Counterfactual, Explanation
from registry_tasks.entities.policy import Evaluation
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.run import RunStatus, Train
from registry_tasks.entities.side_by_side import RUN_PREFIX, read_name
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.experiments.environments import capture_environment
from registry_tasks.registry.experiments.exact_environments import make_environment
from registry_tasks.registry.experiments.scores import (
    Scores,
    checked_out,
    evaluation_of,
    fetch_partition,
    get_scorable,
    holdout_of,
    score,
)
from registry_tasks.registry.experiments.train import Mix, running
from registry_tasks.registry.experiments.workspaces import scratch
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.attribution import (
    attribute,
    causes_between,
    mixed_parameters,
    mixes_of,
)
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.dvc.composition import parameters_in, put_data, root_stages
from registry_tasks.stores.dvc.imports import is_data_file
from registry_tasks.stores.dvc.lockfile import FILE as LOCK_FILE
from registry_tasks.stores.dvc.parameters import FILE as PARAMETERS
from registry_tasks.stores.dvc.project import read_declaration
from registry_tasks.stores.git.trees import list_paths, with_folders
from registry_tasks.stores.metadata import events, runs
from registry_tasks.stores.metadata.compared import read_run_versions, read_runs
from registry_tasks.stores.metadata.environments import read_environment
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.lookup_many import find_runs
from registry_tasks.stores.metadata.query import through


class Side(Entity):
    """One of the two: its run and what it was made from."""

    name: str
    run: str
    commit: str
    recipe: Recipe
    environment: Environment


class Plan(Entity):
    """Which counterfactual runs an explanation needs."""

    model: str
    before: Side
    after: Side
    evaluation: Evaluation
    holdout: str  # of what came after
    causes: tuple[Cause, ...]
    fresh: bool  # nothing is taken from the cache: it does not know of packages
    anew: bool  # other packages were at work than today's: the two are run again too
    mixes: tuple[tuple[Cause, ...], ...]  # to be run: which causes are as after


class Outcome(Entity):
    """A score on the holdout."""

    value: float
    rows: int
    labels: int  # their checksum


def plan_explanation(
    registry: Registry, before: str, after: str, *, packages: bool = False
) -> Plan:
    """Find what differs, and which mixes of it have to be run.

    Packages are a cause only if ``packages``: each mix then runs in an environment made for it.
    Raises: VersionNotFound, RunNotFound, NotExplainable, InvalidPolicy.
    """
    with registry.metadata.reading() as connection:
        (old_model, old), (model, new) = (_side(connection, name) for name in (before, after))
    pair = f"{old.name} to {new.name}"
    if old_model != model:
        raise NotExplainable(pair, f"one is of {old_model}, the other of {model}")
    evaluation = evaluation_of(registry, model)
    causes = causes_between(old.recipe, new.recipe)
    others = old.recipe.environment != new.recipe.environment
    today = capture_environment(registry.repository.root).digest()
    if packages and others:
        causes = (*causes, Cause.PACKAGES)
    anew = Cause.PACKAGES not in causes and (others or today != new.recipe.environment)
    if not causes and not others:
        raise NotExplainable(pair, "code, data, parameters and packages are the same in both")
    mixes = mixes_of(causes) if anew and causes else mixes_of(causes)[1:-1]
    with registry.metadata.reading() as connection:
        scorable = get_scorable(connection, new.run)
    with checked_out(registry, scorable) as folder:
        holdout = holdout_of(scorable, folder)
    return Plan(
        model=model,
        before=old,
        after=new,
        evaluation=evaluation,
        holdout=holdout,
        causes=causes,
        fresh=anew or Cause.PACKAGES in causes,
        anew=anew,
        mixes=tuple(tuple(cause for cause in causes if cause in mix) for mix in mixes),
    )


def _side(connection: sa.Connection, name: str) -> tuple[str, Side]:
    query = through(connection)
    reference, as_run = read_name(name)
    (run_id,) = find_runs(query, [reference])
    if run_id is None:
        if as_run:
            raise RunNotFound(reference.value)
        get_recorded(query, reference)  # says why there is none
        raise RunNotFound(reference.value)
    row = read_runs(query, [run_id])[run_id]
    version = read_run_versions(query, [run_id]).get(run_id)
    is_run = as_run or version is None
    shown = (
        f"{RUN_PREFIX}{row.uuid}" if is_run or version is None else f"{row.model}@{version.number}"
    )
    if row.status != RunStatus.FINISHED or row.recipe is None:
        raise NotExplainable(shown, f"the run is {row.status}; only a finished one has a recipe")
    if row.commit is None:
        raise NotExplainable(shown, "it was made without a Git commit to run again from")
    stored = runs.get_row(connection, row.uuid)
    side = Side(
        name=shown,
        run=row.uuid,
        commit=row.commit,
        recipe=Recipe.model_validate_json(row.recipe),
        environment=read_environment(
            connection, stored.environment_id, stored.environment_files, stored.direct_urls
        ),
    )
    return row.model, side


@contextmanager
def running_mix(
    registry: Registry, plan: Plan, mix: tuple[Cause, ...], flow_run: str | None = None
) -> Iterator[Workspace]:
    """Begin a run of a mix, in an experiment of its own; as ``train.running`` does."""
    code, data, rest, packages = _sides(plan, mix)
    python = None
    if Cause.PACKAGES in plan.causes:
        python = make_environment(registry, packages.environment)
    texts = [registry.repository.read(s.commit, PARAMETERS) or b"" for s in (code, data, rest)]
    request = Train(
        model=plan.model,
        parameters=mixed_parameters(*map(parameters_in, texts)),
        commit=code.commit,
        experiment=EXPERIMENT,
    )

    def compose(folder: Path) -> None:
        _fill_cache(registry, data)
        put_data(folder, *_data_of(registry, data))
        _put_parameter_files(registry, folder, rest)

    made = Mix(_digest(registry, plan, mix), compose)
    with running(registry, request, flow_run, made) as workspace:
        target = read_declaration(workspace.folder, plan.model).pipeline
        yield workspace.model_copy(update={"target": target, "python": python})


def find_mix(registry: Registry, plan: Plan, mix: tuple[Cause, ...]) -> str | None:
    """Return the newest finished run that was made from the very same, if its commit is here."""
    digest, code = _digest(registry, plan, mix), _sides(plan, mix)[0]
    with registry.metadata.reading() as connection:
        begun = events.list_starts(connection, EXPERIMENT, code.commit)
    for run, commit, told in begun:
        if isinstance(told, dict) and told.get("mix") == digest and _is_here(registry, commit):
            return run
    return None


def _is_here(registry: Registry, commit: str) -> bool:
    try:
        registry.repository.commit(commit)
    except CommitNotFound:
        return False
    return True


def _sides(plan: Plan, mix: tuple[Cause, ...]) -> tuple[Side, Side, Side, Side]:
    """Return whose code, data, parameters and packages a mix has."""

    def of(cause: Cause) -> Side:
        return plan.after if cause in mix else plan.before

    return of(Cause.CODE), of(Cause.DATA), of(Cause.PARAMETERS), of(Cause.PACKAGES)


def _digest(registry: Registry, plan: Plan, mix: tuple[Cause, ...]) -> str:
    """Name all that decides what a mix comes to, today's packages where they are at work."""
    code, data, rest, packages = _sides(plan, mix)
    if Cause.PACKAGES in plan.causes:
        environment = packages.recipe.environment
    else:
        environment = capture_environment(registry.repository.root).digest()
    made_from = [plan.model, code.commit, data.commit, rest.commit, environment, str(plan.fresh)]
    return sha256("\n".join(made_from).encode()).hexdigest()


def _data_of(registry: Registry, side: Side) -> tuple[dict[str, bytes], Mapping[str, JsonValue]]:
    """Return what holds a commit's data, and its root stages.

    That are its .dvc files with the .gitignore beside them, and the data that Git itself keeps.
    """
    repository = registry.repository
    files = list_paths(repository, side.commit)
    named = {name for name in files if is_data_file(name)}
    beside = {str(PurePosixPath(name).with_name(".gitignore")) for name in named}
    kept = side.recipe.data.keys() & files
    taken = sorted(named | (beside & files) | kept)
    read = {name: repository.read(side.commit, name) or b"" for name in taken}
    lock = repository.read(side.commit, LOCK_FILE) or b""
    return read, root_stages(lock, with_folders(files))


def _put_parameter_files(registry: Registry, folder: Path, side: Side) -> None:
    """Take the files of parameters beside params.yaml whole."""
    names = {key.partition(":")[0] for key in side.recipe.parameters if ":" in key}
    for name in sorted(names):
        content = registry.repository.read(side.commit, name)
        if content is not None and (folder / name).is_file():
            (folder / name).write_bytes(content)


def _fill_cache(registry: Registry, side: Side) -> None:
    """Have in DVC's cache what stages without data brought, lest they are run again for it."""
    lock = registry.repository.read(side.commit, LOCK_FILE) or b""
    roots = root_stages(lock, with_folders(list_paths(registry.repository, side.commit)))
    cache = shared_cache(registry.repository.root)
    with registry.metadata.reading() as connection:
        manifest = runs.read_manifest(connection, runs.get_row(connection, side.run).id)
    for artifact in manifest.stored:
        if artifact.own and artifact.stage in roots and not cache.path(artifact.md5).exists():
            registry.objects.fetch(artifact, cache.path(artifact.md5))


def score_run(registry: Registry, plan: Plan, run: str) -> Outcome:
    """Score a run, with its own commit's code, on the holdout of what came after.

    Raises: NotScorable, StageFailed, NotExplainable, ExtraMissing.
    """
    with registry.metadata.reading() as connection:
        scored, after = (get_scorable(connection, name) for name in (run, plan.after.run))
    with scratch(registry) as place, checked_out(registry, scored) as folder:
        partition = fetch_partition(registry, after.manifest, plan.holdout, place)
        return _measure(plan, score(registry, scored, folder, partition))


def _measure(plan: Plan, scores: Scores) -> Outcome:
    try:
        import numpy as np

        from registry_tasks.analysis.metrics import METRICS
    except ModuleNotFoundError:
        raise ExtraMissing("scoring models", "flows") from None
    metric = plan.evaluation.metric
    if metric not in METRICS:
        pair = f"{plan.before.name} to {plan.after.name}"
        known = ", ".join(sorted(METRICS))
        raise NotExplainable(pair, f"policy compares by {metric!r}; what can be scored is {known}")
    labels, predictions = map(np.asarray, scores)
    value = METRICS[metric](labels, predictions)(np.ones(len(labels)))
    return Outcome(value=value, rows=len(labels), labels=crc32(labels.tobytes()))


def explain(
    plan: Plan,
    before: Outcome,
    after: Outcome,
    made: Sequence[tuple[Counterfactual, Outcome | None]],
) -> Explanation:
    """Split the change between two outcomes by what came out of the mixes."""
    values = {frozenset(c.causes): outcome.value for c, outcome in made if outcome is not None}
    none, everything = frozenset[Cause](), frozenset(plan.causes)
    ends = {none: before.value, everything: after.value}
    is_anew = plan.anew and none in values and everything in values
    known = values if is_anew else values | ends
    parts = attribute(plan.causes, known) if plan.causes else ()
    change = after.value - before.value
    remainder = change - fsum(part.change for part in parts) if plan.anew else 0.0
    outcomes = (before, after, *(outcome for _, outcome in made if outcome is not None))
    return Explanation(
        before=plan.before.name,
        after=plan.after.name,
        metric=plan.evaluation.metric,
        higher_is_better=plan.evaluation.higher_is_better,
        holdout=plan.holdout,
        rows=after.rows,
        value_before=before.value,
        value_after=after.value,
        change=change,
        parts=parts,
        remainder=remainder,
        remainder_is=_left_over(plan) if remainder else None,
        labels_differ=len({outcome.labels for outcome in outcomes}) > 1,
        runs=tuple(counterfactual for counterfactual, _ in made),
    )


def _left_over(plan: Plan) -> str:
    """Name what else was at work when the two ran."""
    if plan.before.recipe.environment != plan.after.recipe.environment:
        return str(Cause.PACKAGES)
    return "today's environment"
