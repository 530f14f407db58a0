"""A registry in which every text that a page shows would like to be a program."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import Final
from uuid import UUID

import pytest

from registry_tasks.entities.access import (
    AddAccount,
    CloseAccount,
    GrantRight,
    IssueToken,
    RevokeRight,
    RevokeToken,
    Right,
    Role,
)
from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    Describe,
    DescribeModel,
    PointAlias,
)
from registry_tasks.entities.approval import Approve, Reject
from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.errors import AwaitingApproval, GateFailed
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.promotion import Archive, Promote, Restore
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Difference, Verdict
from registry_tasks.entities.run import Point
from registry_tasks.entities.signature import Column, Signature
from registry_tasks.registry.access.accounts import (
    add_account,
    close_account,
    grant_right,
    revoke_right,
)
from registry_tasks.registry.access.tokens import issue_token, revoke_token
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.catalogue.datasets import describe_dataset
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.approve import approve, reject
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.carry_on import settle
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.lineage import edges_of
from registry_tasks.stores.metadata import lineage, runs
from support.site import ADMIN, APPROVER, AUTHOR
from support.stories import FOUND
from support.sweeping import begin_trial, sweep_start
from support.world import MODEL, Recorded, World

TEXTS: Final = (
    "<script>window.broken=1</script>",
    "</script><script>window.broken=2</script>",
    "</title><script>window.broken=3</script>",
    "</textarea><script>window.broken=4</script>",
    "<img src=x onerror=window.broken=5>",
    "<svg onload=window.broken=6>",
    "<svg><script>window.broken=7</script></svg>",
    '"><script>window.broken=8</script>',
    "'><script>window.broken=9</script>",
    '" autofocus onfocus=window.broken=10 x="',
    "' autofocus onfocus=window.broken=11 x='",
    "javascript:window.broken=12",
    "[a](javascript:window.broken=13)",
    "[a](data:text/html;base64,PHNjcmlwdD53aW5kb3cuYnJva2VuPTE0PC9zY3JpcHQ+)",
    '![a](x"onerror="window.broken=15)',
    "<a href='javascript:window.broken=16'>a</a>",
    "<iframe srcdoc='<script>parent.broken=17</script>'></iframe>",
    "<base href=https://example.org/><meta http-equiv=refresh content=0;url=https://example.org>",
    "{{ 7*7 }}{% raw %}${window.broken=19}<%= 1 %>",
    "<!--<img src='--><img src=x onerror=window.broken=20>//'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.broken=21>",
    "<b\u2028onmouseover=window.broken=22>\u202e<wbr>",
)
ALL: Final = "\n\n".join(TEXTS)
"""In fields that hold one text."""
MARK: Final = "<script>window.broken=1</script>"


def fill(world: World) -> None:
    """Two versions, a failed run, everything said of them and all that happened to them."""
    world.set_policy(
        "evaluation: {metric: auc, higher_is_better: true}\n"
        "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}],"
        f" guarded: [{{gate: metric, metric: {json.dumps(MARK)}, at_least: 0}},"
        " {gate: approved, people: 2}]}"
    )
    for number in (1, 2):
        _register(world, number)
    fail(world.registry(), world.begin_run(uncommitted=TEXTS), ALL)
    fail(world.registry(), begin_trial(world, sweep_start(str(UUID(int=1)), MODEL), 0), ALL)
    world.compare(world.resolve(f"{MODEL}@2"), world.resolve(f"{MODEL}@1"), 0.1)
    _say(world)
    _move(world)
    _sign(world)
    world.close()


def _register(world: World, number: int) -> None:
    def each(values: object) -> dict[str, object]:
        return dict.fromkeys(TEXTS, values)

    made = Recorded(
        content=f"hostile {number}".encode(),
        code={f"{text}.py": f"{number}" * 32 for text in TEXTS},
        commands={text: text for text in TEXTS},
        parameters={text: f"{text}{number}" for text in TEXTS},
        data={text: f"{number}" * 32 for text in TEXTS},
        packages={text: f"{number}.{text}" for text in TEXTS},
        metrics={text: number / 10 for text in TEXTS} | {"auc": 0.6 + number / 10},
        points=tuple(
            Point(key=text, step=step, value=step / 7) for text in TEXTS for step in range(3)
        ),
        signature=Signature(
            inputs=tuple(Column(name=text, type=text) for text in TEXTS),
            outputs=(Column(name=ALL, type="float64"),),
        ),
        uncommitted=TEXTS,
        lock_files={text: "3" * 64 for text in TEXTS},
    )
    uuid, registry = world.begin_run(uncommitted=TEXTS), world.registry()
    uses = tuple(
        DatasetUse(name=text, md5=f"{n:031d}{number}", size_bytes=1, files=1, stage=text)
        for n, text in enumerate(TEXTS)
    )
    shapes = tuple(
        DatasetShape(
            name=use.name, md5=use.md5, format="csv", rows=3, source=use.name, note=use.name,
            columns=(DatasetColumn(name=use.name, type=use.name),),
        )
        for use in uses
    )  # fmt: skip
    hardware = Hardware(cpu=ALL, cores=2, memory_bytes=None)
    commit = world.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", uuid)
    registry.repository.create_ref(f"refs/registry/runs/{uuid}", commit)
    more = {"datasets": uses, "shapes": shapes, "hardware": hardware}
    record = world.record_of(made, commit).model_copy(update=more)
    with registry.metadata.writing("ada") as tx:
        runs.finish(tx, runs.get_row(tx.connection, uuid).id, record)
        lineage.add_edges(tx, edges_of(uuid, record.datasets, record.manifest.artifacts))
        tx.commit()
    tags = {f"tag-{n}": text for n, text in enumerate(TEXTS)}
    register(registry, RegisterRun(run=uuid, description=ALL, tags=tags))


def _say(world: World) -> None:
    registry = world.registry()
    profile = {"text": ALL, "owner": TEXTS[0], "purpose": ALL, "team": TEXTS[4]}
    describe(registry, Describe(ref=f"{MODEL}@2", **profile))
    describe_model(registry, DescribeModel(model=MODEL, **profile))
    for subject in (MODEL, f"{MODEL}@2"):
        for number, text in enumerate(TEXTS):
            add_note(registry, AddNote(subject=subject, text=text))
            change_tags(registry, ChangeTags(subject=subject, put={f"tag-{number}": text}))
    data = DescribeDataset(name=TEXTS[0], description=ALL, owner=TEXTS[0])
    describe_dataset(registry, data)


def _move(world: World) -> None:
    registry = world.registry()
    for number, text in enumerate(TEXTS):
        point_alias(
            registry, PointAlias(ref=f"{MODEL}@{number % 2 + 1}", alias="hero", reason=text)
        )
    hold(registry, Hold(ref=f"{MODEL}@1", reason=ALL))
    for to in ("staging", "production"):
        promote(registry, Promote(ref=f"{MODEL}@2", to=to, reason=ALL))
    start_deployment(
        registry, StartDeployment(ref=f"{MODEL}@2", environment="eu", place=TEXTS[4], reason=ALL)
    )
    differs = tuple(Difference(stage=t, what=t, recorded=t, found=t) for t in TEXTS)
    world.reproduced(world.resolve(f"{MODEL}@2"), Verdict.DIFFERENT, differs)
    keep_drill(registry, f"{MODEL}@2", FOUND.model_copy(update={"failure": ALL}))
    poor = world.register(content=b"poor", metrics={"auc": 0.1}).version.ref
    try:
        promote(registry, Promote(ref=poor, to="staging", reason=ALL))
        promote(registry, Promote(ref=poor, to="production", reason=ALL))
    except GateFailed:
        promote(registry, Promote(ref=poor, to="experiment", reason=ALL))
    archive(registry, Archive(ref=poor, reason=ALL))
    restore(registry, Restore(ref=poor, reason=ALL))
    hold(registry, Hold(ref=poor, reason=ALL))
    release(registry, Release(ref=poor, reason=ALL))
    used = {"ref": f"{MODEL}@1", "environment": "eu", "place": TEXTS[0]}
    start_deployment(registry, StartDeployment(**used, reason=ALL))
    end_deployment(registry, EndDeployment(**used, reason=ALL))
    bad = world.register(content=b"bad").version.ref
    delete(registry, Delete(ref=bad, reason=ALL))


def _sign(world: World) -> None:
    """Let people act whose very names would like to be programs."""
    for text in filter(str.isprintable, TEXTS):
        with Registry(replace(world.settings, actor=text)) as registry:
            add_note(registry, AddNote(subject=f"{MODEL}@2", text=text))


def ask_people(world: World, tokens: Mapping[str, str]) -> None:
    """Ask people, who are there by now, and let them decide and change what others may."""
    with ExitStack() as opened:
        olga, ada, bea = (
            opened.enter_context(_as(world, tokens, who)) for who in (ADMIN, AUTHOR, APPROVER)
        )
        promote(ada, Promote(ref=f"{MODEL}@1", to="staging", reason=ALL))
        reject(bea, Reject(**_wait(ada, bea)))
        asked = _wait(ada, bea)
        approve(bea, Approve(**asked))
        promote(ada, Promote(ref=f"{MODEL}@1", to="experiment", reason=ALL))
        settle(bea, asked["approval"])  # what was shown does not hold any more
        promote(ada, Promote(ref=f"{MODEL}@1", to="staging", reason=ALL))
        approve(bea, Approve(**_wait(ada, bea)))
        for text in TEXTS:
            token = issue_token(olga, IssueToken(account=ADMIN, label=text)).token.uuid
            revoke_token(olga, RevokeToken(token=token))
            add_account(olga, AddAccount(account=(name := f"guest-{TEXTS.index(text)}")))
            right = Right(role=Role.VIEWER)
            grant_right(olga, GrantRight(account=name, right=right, reason=text))
            revoke_right(olga, RevokeRight(account=name, right=right, reason=text))
            close_account(olga, CloseAccount(account=name, reason=text))


def _as(world: World, tokens: Mapping[str, str], who: str) -> Registry:
    return Registry(replace(world.settings, token=tokens[who]))


def _wait(author: Registry, person: Registry) -> dict[str, str]:
    """Ask for a promotion; returns what a person answers with."""
    with pytest.raises(AwaitingApproval) as waiting:
        promote(author, Promote(ref=f"{MODEL}@1", to="guarded", reason=ALL))
    uuid = waiting.value.approval
    shown = show_approval(person, uuid).approval.evidence_sha256
    return {"approval": uuid, "evidence_sha256": shown, "reason": ALL}
