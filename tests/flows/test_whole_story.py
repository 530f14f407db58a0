"""A model's life as teams see it: real Prefect, worker, store and receiver, this repository's pipeline."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest
from standardwebhooks.webhooks import Webhook
from support.by_itself import ByItself, is_open
from support.patience import until
from support.receivers import Got, Place, receiving
from support.reference import MODEL, WORKER, Reference, deployment_files

from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.entities.drill import Looked
from registry_tasks.entities.event import EventKind as K
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.lifecycle.approvals import list_approvals

pytestmark = pytest.mark.slow
RETRAIN, PROMOTE = f"retrain/{MODEL}", "promote/promote"


class Story(NamedTuple):
    """A site, who receives its events, and the secret that they are signed with."""

    site: ByItself[Reference]
    place: Place
    secret: str

    @property
    def home(self) -> Reference:
        return self.site.garden

    def of(self, *kinds: K) -> list[Any]:
        """The model's events of these kinds, the oldest first."""
        ever = list_history(self.home.as_("root"), MODEL, limit=1000)
        return [event for event in reversed(ever) if event.kind in kinds]

    def stages(self) -> dict[int, str]:
        with self.home.client("grace", self.site.address) as client:
            return {version.number: version.stage for version in client.versions(MODEL)}

    def waiting(self) -> Approval:
        """The one request that is open."""
        (asked,) = list_approvals(self.home.as_("root"))
        return asked

    def now(self, asked: Approval) -> Approval:
        with self.home.client("root", self.site.address) as client:
            return client.approval(asked.uuid).approval

    def decide(self, who: str, how: str, asked: Approval) -> None:
        with self.home.client(who, self.site.address) as client:
            seen = {"evidence_sha256": asked.evidence_sha256, "reason": f"{who} looked at it"}
            getattr(client, how)(asked.uuid, **seen)

    def tags(self, pattern: str) -> list[str]:
        return self.home.git("tag", "--list", f"{MODEL}{pattern}").splitlines()

    def in_production_by_git(self) -> str:
        """The semantic version that the last tag of production is at."""
        last = max(self.tags("#production#*"), key=lambda tag: int(tag.rpartition("#")[2]))
        at = self.home.git("tag", "--points-at", f"{last}^{{commit}}", "--list", f"{MODEL}@*")
        return at.removeprefix(f"{MODEL}@")

    def history_since_subscribing(self) -> list[int]:
        """The numbers of the model's events since then, in their order."""
        with self.home.client("root", self.site.address) as client:
            (began,) = client.history(kinds=[K.SUBSCRIPTION_ADDED], actor="root")
        return [event.sequence for event in self.of(*K) if event.sequence > began.sequence]

    def told_to_prefect(self) -> list[int]:
        """The numbers of the model's events that Prefect knows."""
        resource = {"id": [f"registry.model.{MODEL}"]}
        asked = {"event": {"prefix": ["registry."]}, "resource": resource}
        page = self.site.prefect.ask("events/filter", filter=asked, limit=50)
        events = page["events"]
        while page["next_page"]:
            page = httpx.get(page["next_page"], timeout=60).json()
            events += page["events"]
        return [event["payload"]["sequence"] for event in events if "sequence" in event["payload"]]

    def completed(self, uuid: UUID) -> dict[str, Any]:
        """Wait for a flow run that ends well."""
        run = self.site.prefect.ended(uuid)
        assert run["state_type"] == "COMPLETED", (run["state"], self.site.worker_log())
        return run

    def going_on(self, asked: Approval) -> dict[str, Any]:
        """Wait for the one run that shows what became of a request."""
        keyed = {"idempotency_key": {"any_": [asked.uuid]}}
        (found,) = until(lambda: self.site.prefect.ask("flow_runs/filter", flow_runs=keyed))
        return self.completed(UUID(found["id"]))


@pytest.fixture
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Servers, worker and receiver, with everything deployed; none is left."""
    folder = tmp_path_factory.mktemp("story")
    home = Reference(folder / "home")
    home.make()
    site = ByItself(home, folder / "prefect")
    try:
        with receiving() as place:
            site.begin(deployment_files())
            site.start_registry()
            with home.client("root", site.address) as client:
                made = client.subscribe("releases", "webhook", f"{place.url}/in", model=MODEL)
            site.start_worker()
            yield Story(site, place, made.secret or "")
    finally:
        site.end()
        home.close()


def test_a_models_life_from_its_schedule_to_a_drill(story: Story) -> None:
    a_schedule_trains_registers_and_asks(story)
    one_person_says_no_and_two_say_yes(story)
    a_new_month_starts_the_next_version(story)
    it_is_rolled_back_and_archived_by_policy(story)
    what_there_is_can_be_made_again(story)
    webhook_and_prefect_were_told_everything_in_order(story)

    assert examine(story.home.as_("root")) == ()
    assert story.home.git("status", "--porcelain") == ""
    assert not any(map(is_open, story.site.prefect.runs()))


def a_schedule_trains_registers_and_asks(story: Story) -> None:
    prefect = story.site.prefect
    until(lambda: [r for r in prefect.runs(["retrain"]) if r["start_time"]])
    switch_schedules_off(story, RETRAIN)  # before the next one is due
    until(lambda: not any(map(is_open, prefect.runs(["retrain"]))))

    (trained,) = (r for r in prefect.runs(["retrain"]) if r["state_name"] != "Superseded")
    assert trained["auto_scheduled"], "nobody asked for it"
    assert trained["state_name"] == "AwaitingApproval", story.site.worker_log()
    told = trained["state"]["message"]
    assert told.startswith(f"registered {MODEL}@1 (v1.0.0) because ")
    assert f"promoted to staging; {MODEL}@1 waits for 2 people to approve of production" in told
    (registered,) = story.of(K.VERSION_REGISTERED)
    assert (registered.version, registered.actor) == (1, WORKER)
    assert story.stages() == {1: "staging"}
    assert story.tags("@*") == [f"{MODEL}@v1.0.0"]


def one_person_says_no_and_two_say_yes(story: Story) -> None:
    refused = story.waiting()
    assert (refused.version, refused.requested_by, refused.people) == (f"{MODEL}@1", WORKER, 2)
    story.decide("grace", "reject", refused)
    assert story.now(refused).outcome is Closing.REJECTED
    assert story.stages() == {1: "staging"}

    asked_again = story.site.prefect.run(PROMOTE, ref=f"{MODEL}@1", to="production")
    assert story.completed(asked_again)["state_name"] == "AwaitingApproval"
    assert story.waiting().uuid != refused.uuid

    approve_and_see(story, number=1, released=["1 from staging"])
    said = [(d.actor, d.after["choice"]) for d in story.of(K.APPROVAL_DECIDED)]
    assert said == [("grace", "rejected"), ("grace", "approved"), ("linus", "approved")]


def a_new_month_starts_the_next_version(story: Story) -> None:
    prefect = story.site.prefect
    known = {run["id"] for run in prefect.runs(["retrain"])}
    checked = story.completed(prefect.run("check-data/check-data", models=[MODEL]))
    assert '"2013-04" -> "2013-05"' in checked["state"]["message"]
    trained = story.completed(story.site.next_run(RETRAIN, known))

    told = trained["state"]["message"]
    assert told.startswith(f"registered {MODEL}@2 (v1.0.1) because data: ")
    approve_and_see(story, number=2, released=["1 from staging", "2 from staging"])
    assert story.stages() == {1: "experiment", 2: "production"}


def it_is_rolled_back_and_archived_by_policy(story: Story) -> None:
    with story.home.client("root", story.site.address) as client:
        client.rollback(MODEL, reason="the new one is slow")
        assert client.resolve(f"{MODEL}@champion").number == 1
    assert story.stages() == {1: "production", 2: "experiment"}
    assert story.in_production_by_git() == "v1.0.0"

    story.completed(story.site.prefect.run("archive/archive"))
    assert story.stages() == {1: "production", 2: "archived"}
    assert [event.version for event in story.of(K.VERSION_ARCHIVED)] == [2]


def what_there_is_can_be_made_again(story: Story) -> None:
    story.completed(story.site.prefect.run("drill/drill"))

    with story.home.client("grace", story.site.address) as client:
        drills = {drill.version: drill for drill in client.drills(MODEL)}
        assert drills.keys() == {f"{MODEL}@1", f"{MODEL}@2"}
        for ref, drill in drills.items():
            looks = (drill.bytes, drill.environment, drill.rebuild)
            assert looks == (Looked.PASSED,) * 3, drill.failure
            assert client.show(ref).reproductions[0].verdict is Verdict.IDENTICAL
        assert client.risks(MODEL) == ()


def webhook_and_prefect_were_told_everything_in_order(story: Story) -> None:
    since = until(lambda: story.history_since_subscribing())
    until(lambda: len(story.place.got) >= len(since))
    for got in story.place.got:
        assert got.headers["webhook-signature"] == signature(story.secret, got)
    assert story.place.sequences == since
    until(lambda: sorted(story.told_to_prefect()) == since)
    with story.home.client("root", story.site.address) as client:
        for subscription in client.subscriptions():
            assert (subscription.dead, subscription.waiting) == (0, 0), subscription.name


def approve_and_see(story: Story, number: int, released: list[str]) -> None:
    """Let both people approve; whoever has to be told is told."""
    asked = story.waiting()
    story.decide("grace", "approve", asked)
    assert story.stages()[number] == "staging", "one is not enough"
    story.decide("linus", "approve", asked)

    assert story.now(asked).outcome is Closing.PROMOTED
    assert story.stages()[number] == "production"
    assert story.in_production_by_git() == f"v1.0.{number - 1}"
    shown = story.going_on(asked)
    assert shown["name"] == f"{MODEL}@{number} to production, approved by grace, linus"
    until(lambda: len(story.home.released()) >= len(released))
    assert story.home.released() == released
    started = story.site.prefect.runs(["release"])
    assert [run["name"] for run in started] == [f"release {n + 1}" for n in range(number)]
    promoted = {(e.version, e.after["stage"]) for e in story.of(K.VERSION_PROMOTED)}
    assert (number, "production") in promoted


def signature(secret: str, got: Got) -> str:
    """What the standard's own library signs a message with; it verifies only what came just now."""
    at = datetime.fromtimestamp(int(got.headers["webhook-timestamp"]), UTC)
    return Webhook(secret).sign(got.headers["webhook-id"], at, got.body.decode())


def switch_schedules_off(story: Story, deployment: str) -> None:
    """As people do in Prefect's page: what is due and has not begun goes as well."""
    prefect = story.site.prefect
    found = prefect.look(f"deployments/name/{deployment}")
    for schedule in found["schedules"]:
        prefect.patch(f"deployments/{found['id']}/schedules/{schedule['id']}", active=False)
