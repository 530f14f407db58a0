"""``registry diff``: what changed between two versions or runs, in plain words."""

from collections.abc import Iterator
from typing import Annotated

import typer

from registry_tasks.entities.difference import Cause, Change, Diff, MetricChange
from registry_tasks.entities.explanation import EXPERIMENT, Explanation
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import cell, cut, last_line, print_json, print_text
from registry_tasks.faces.cli.session import ask, settings_of

Before = Annotated[str, typer.Argument(metavar="A", help="A version, or a run: run:<uuid>.")]
Why = Annotated[
    bool, typer.Option("--why", help="Split the change of the primary metric by cause: runs flows.")
]
Packages = Annotated[
    bool, typer.Option("--packages", help="With --why: also by packages, in environments of uv's.")
]
After = Annotated[str, typer.Argument(metavar="B", help="What came of it.")]


def diff(
    context: typer.Context,
    a: Before,
    b: After,
    why: Why = False,
    packages: Packages = False,
    json: Json = False,
) -> None:
    """Tell what changed from one version or run to another."""
    from registry_tasks.registry.catalogue.diff import diff

    if packages and not why:
        raise typer.BadParameter("--packages goes with --why")
    found = ask(context, diff, a, b)
    explanation = None
    if why:
        from registry_tasks.faces.cli.flows import run_flow

        explanation = run_flow(
            settings_of(context), "explain", before=a, after=b, packages=packages
        )
    if json:
        document = None if explanation is None else explanation.model_dump(mode="json")
        print_json({**found.model_dump(mode="json"), "why": document})
        return
    print_text(*told(found))
    if explanation is not None:
        print_text(*explained(explanation))


def told(found: Diff) -> Iterator[str]:
    """Say in lines what changed, and what did not."""
    names = zip((found.before, found.after), found.grades, strict=True)
    before, after = (name if grade is None else f"{name} (grade {grade})" for name, grade in names)
    yield f"from {before} to {after}"
    if found.metrics:
        yield "metrics"
        yield from (f"  {_metric(change)}" for change in found.metrics)
    changed = dict.fromkeys(change.cause for change in found.changes)
    for cause in changed:
        yield str(cause)
        yield from (f"  {_sentence(c)}" for c in found.changes if c.cause is cause)
    if same := [str(cause) for cause in Cause if cause not in changed]:
        yield f"the same in both: {', '.join(same)}"


def explained(found: Explanation) -> Iterator[str]:
    """Say in lines how much of a metric's change is due to what."""
    values = f"{found.value_before:.6g} -> {found.value_after:.6g}"
    yield f"why {found.metric} changed on {found.holdout} ({found.rows} rows)"
    yield f"  {values}: {_share(found, found.change)}"
    for part in sorted(found.parts, key=lambda part: -abs(part.change)):
        yield f"  {' and '.join(part.causes)}: {_share(found, part.change)}"
    if found.remainder_is is not None:
        yield f"  what remains, by {found.remainder_is}: {_share(found, found.remainder)}"
    if found.labels_differ:
        yield "  what is predicted changed too, so the values are not of the same question"
    done = sum(run.value is not None for run in found.runs)
    yield f"  by {done} counterfactual runs, in the experiment {EXPERIMENT}"
    for run in found.runs:
        if run.failure is not None:
            mix = ", ".join(run.causes) or "nothing"
            reason = cut(last_line(run.failure), 200)
            yield f"  with only {mix} of {found.after} nothing came out: {reason}"


def _share(found: Explanation, change: float) -> str:
    if change == 0:
        return "no change"
    verdict = "better" if (change > 0) is found.higher_is_better else "worse"
    return f"{change:+.6g}, {verdict}"


def _metric(change: MetricChange) -> str:
    if change.difference is None:
        return f"{change.metric}: {_number(change.before)} -> {_number(change.after)}"
    if change.difference == 0:
        return f"{change.metric}: {_number(change.before)}, the same"
    verdict = {None: "", True: ", better", False: ", worse"}[change.better]
    values = f"{_number(change.before)} -> {_number(change.after)}"
    return f"{change.metric}: {values} ({change.difference:+.6g}{verdict})"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.6g}"


def _sentence(change: Change) -> str:
    name = change.name
    match change.kind:
        case "command":
            words = f"the command of DVC stage {name} {_happened(change)}"
            both = change.before is not None and change.after is not None
            return f"{words}: {cell(change.before)} -> {cell(change.after)}" if both else words
        case "file":
            return f"{name} {_happened(change)}{_lines(change)}{_read_by(change)}"
        case "data":
            return f"{name} {_happened(change)}{_digests(change)}{_read_by(change)}"
        case "parameter":
            before, after = (
                "null" if place in change.nulls else _value(value)
                for place, value in enumerate((change.before, change.after))
            )
            return f"{name}: {before} -> {after}"
        case "package" | "python" | "platform":
            return f"{name} {_value(change.before)} -> {_value(change.after)}"
    return f"{name}: {_value(change.before)} -> {_value(change.after)}"


def _happened(change: Change) -> str:
    if change.before is None:
        return "is new"
    return "is gone" if change.after is None else "changed"


def _value(value: object) -> str:
    return (
        "not there" if value is None else repr(value) if isinstance(value, float) else cell(value)
    )


def _lines(change: Change) -> str:
    return "" if change.added is None else f" (+{change.added} -{change.removed} lines)"


def _digests(change: Change) -> str:
    if change.before is None or change.after is None:
        return ""
    return f" (md5 {str(change.before)[:8]} -> {str(change.after)[:8]})"


def _read_by(change: Change) -> str:
    """Name the DVC stages; of a foreach with several keys only how many."""
    keys: dict[str, list[str]] = {}
    for stage in change.stages:
        keys.setdefault(stage.partition("@")[0], []).append(stage)
    if not keys:
        return ""
    named = (
        stages[0] if len(stages) == 1 else f"{template} ({len(stages)} keys)"
        for template, stages in keys.items()
    )
    return f", read by DVC stage{'s' if len(keys) > 1 else ''} {', '.join(named)}"
