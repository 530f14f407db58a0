"""What people say of models and versions: kept, changed field by field, all of it in the history."""

from collections.abc import Callable
from typing import Any

import pytest
from support.world import World

from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    Describe,
    DescribeModel,
    Existing,
    PutSchema,
    RemoveSchema,
)
from registry_tasks.entities.errors import (
    DocumentsDiffer,
    InvalidDocument,
    InvalidSchema,
    MalformedText,
    ModelNotFound,
    NotFound,
    SchemaNotFound,
    VersionDeleted,
    VersionNotFound,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.profile import Profile
from registry_tasks.entities.removal import Delete
from registry_tasks.registry.catalogue import document_schema
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.document_schema import (
    get_schema,
    put_schema,
    remove_schema,
)
from registry_tasks.registry.catalogue.note import add_note, list_notes
from registry_tasks.registry.catalogue.show import show, show_model
from registry_tasks.registry.catalogue.tag import MAX_TAGS, change_tags
from registry_tasks.registry.lifecycle.delete import delete

pytestmark = pytest.mark.slow

SAID: dict[str, Any] = {
    "purpose": "cuts grass",
    "owner": "Jürgen Groß",
    "team": "ops",
    "related": ("edger", "garden/trimmer"),
    "links": ("https://example.org/paper", "doi:10.1/x"),
    "document": {"training": {"months": ["2013-01"], "rows": 3}, "größe": None},
}
SHAPE: dict[str, Any] = {"properties": {"rows": {"type": "integer"}}, "required": ["rows"]}


def test_every_field_of_a_profile_is_kept_for_models_and_versions(world: World) -> None:
    world.version(1)
    made = describe(world.registry(), Describe(ref="mower@latest", text="one", **SAID))
    model = describe_model(world.registry(), DescribeModel(model="mower", text="all", **SAID))

    assert made.ref == "mower@1"
    assert show(world.registry(), "mower@1").profile == Profile(description="one", **SAID)
    assert show_model(world.registry(), "mower").profile == Profile(description="all", **SAID)
    assert (model.owner, model.description, model.versions) == ("Jürgen Groß", "all", 1)


def test_only_what_is_named_changes_and_the_history_tells_both(world: World) -> None:
    world.version(1)
    describe(world.registry(), Describe(ref="mower@1", **SAID))
    describe(world.registry(), Describe(ref="mower@1", team="lab", related=(), purpose=""))

    profile = show(world.registry(), "mower@1").profile
    assert profile == Profile(**SAID).model_copy(
        update={"team": "lab", "related": (), "purpose": ""}
    )
    event = world.history()[-1]
    assert (event.kind, event.version, event.actor) == (EventKind.VERSION_DESCRIBED, 1, "ada")
    assert event.before == {"purpose": "cuts grass", "team": "ops", "related": [*SAID["related"]]}
    assert event.after == {"purpose": "", "team": "lab", "related": []}


def test_a_model_belongs_to_whoever_made_it_until_somebody_says_otherwise(world: World) -> None:
    world.version(1)
    assert show_model(world.registry(), "mower").profile == Profile(owner="ada")
    describe_model(world.registry(), DescribeModel(model="mower", owner="bo"))
    event = world.history()[-1]
    assert (event.kind, event.version) == (EventKind.MODEL_DESCRIBED, None)
    assert (event.before, event.after) == ({"owner": "ada"}, {"owner": "bo"})


def test_notes_are_added_with_author_and_time_and_read_in_pages(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    for subject, text in (("mower", "a"), ("mower@1", "b\nc"), ("mower@2", "d"), ("mower", "e")):
        made = add_note(world.registry(), AddNote(subject=subject, text=text))
        assert (made.text, made.by, made.at) == (text, "ada", world.history()[-1].at)

    all_of_it = list_notes(world.registry(), "mower")
    assert [(note.text, note.version) for note in all_of_it] == [
        ("e", None), ("d", 2), ("b\nc", 1), ("a", None),
    ]  # fmt: skip
    assert list_notes(world.registry(), "mower@1") == (all_of_it[2],)
    page = list_notes(world.registry(), "mower", limit=2)
    assert page + list_notes(world.registry(), "mower", before=page[-1].id) == all_of_it
    assert show_model(world.registry(), "mower").notes == all_of_it
    assert show(world.registry(), "mower@2").notes == (all_of_it[1],)
    noted = [event for event in world.history() if str(event.kind).endswith(".noted")]
    assert [(e.version, e.before, e.after) for e in noted] == [
        (None, None, {"text": "a"}), (1, None, {"text": "b\nc"}),
        (2, None, {"text": "d"}), (None, None, {"text": "e"}),
    ]  # fmt: skip


def test_tags_are_set_and_removed_on_models_and_versions(world: World) -> None:
    world.version(1)
    for subject in ("mower", "mower@1"):
        ask = {"subject": subject, "put": {"team": "ops", "a/b": "1"}}
        assert change_tags(world.registry(), ChangeTags(**ask)).tags == {"a/b": "1", "team": "ops"}
        changed = ChangeTags(subject=subject, put={"team": "lab", "a/b": "1"}, remove=("a", "x"))
        change_tags(world.registry(), changed)
        last = change_tags(world.registry(), ChangeTags(subject=subject, remove=("a/b",)))
        assert (last.subject, last.tags) == (subject, {"team": "lab"})
        told = [(e.before, e.after) for e in world.history()[-3:]]
        assert told == [
            ({"tags": {}}, {"tags": {"team": "ops", "a/b": "1"}}),
            ({"tags": {"team": "ops"}}, {"tags": {"team": "lab"}}),
            ({"tags": {"a/b": "1"}}, {"tags": {}}),
        ]
    assert show(world.registry(), "mower@1").tags == {"team": "lab"}
    assert show_model(world.registry(), "mower").tags == {"team": "lab"}
    kinds = world.kinds()
    assert kinds.count(EventKind.VERSION_TAGGED) == kinds.count(EventKind.MODEL_TAGGED) == 3


def test_tagging_what_is_tagged_so_already_is_no_event(world: World) -> None:
    world.version(1)
    for _ in range(2):
        change_tags(world.registry(), ChangeTags(subject="mower@1", put={"a": "b"}, remove=("c",)))
    assert world.kinds().count(EventKind.VERSION_TAGGED) == 1


def test_there_is_a_limit_of_tags(sqlite_world: World) -> None:
    sqlite_world.version(1)
    many = {f"t{number}": "" for number in range(MAX_TAGS)}
    change_tags(sqlite_world.registry(), ChangeTags(subject="mower", put=many))
    with pytest.raises(MalformedText, match="201 of them; 200 are allowed"):
        change_tags(sqlite_world.registry(), ChangeTags(subject="mower", put={"more": ""}))
    change_tags(
        sqlite_world.registry(), ChangeTags(subject="mower", put={"more": ""}, remove=("t0",))
    )


# ---------------------------------------------------------------- schemas


def test_documents_must_meet_the_schema_of_their_model(world: World) -> None:
    world.version(1)
    describe(world.registry(), Describe(ref="mower@1", document={"rows": 1}))
    put_schema(world.registry(), PutSchema(model="mower", json_schema=SHAPE))
    for ask in (
        lambda d: describe(world.registry(), Describe(ref="mower@1", document=d)),
        lambda d: describe_model(world.registry(), DescribeModel(model="mower", document=d)),
    ):
        events = len(world.history())
        with pytest.raises(InvalidDocument, match="'many' is not of type 'integer'") as refused:
            ask({"rows": "many"})
        assert refused.value.path == "$.rows"
        assert len(world.history()) == events
        ask({"rows": 2})
        ask({})  # no document has every shape
    describe(world.registry(), Describe(ref="mower@1", owner="bo"))
    put = next(event for event in world.history() if event.kind == EventKind.SCHEMA_PUT)
    assert (put.before, put.after) == ({"schema": None}, {"schema": SHAPE, "differing": 0})


def test_a_schema_that_documents_break_is_refused_unless_they_may_differ(world: World) -> None:
    for number in (1, 2, 3, 4):
        world.version(number)
        document = {"rows": "many" if number > 1 else number}
        describe(world.registry(), Describe(ref=f"mower@{number}", document=document))
    delete(world.registry(), Delete(ref="mower@4", reason="bad"))

    with pytest.raises(DocumentsDiffer, match=r"2 documents.*mower@2 at \$\.rows") as refused:
        put_schema(world.registry(), PutSchema(model="mower", json_schema=SHAPE))
    assert [told.partition(" ")[0] for told in refused.value.differing] == ["mower@2", "mower@3"]
    assert show_model(world.registry(), "mower").json_schema is None

    asked = PutSchema(model="mower", json_schema=SHAPE, existing=Existing.MAY_DIFFER)
    assert put_schema(world.registry(), asked).differing_count == 2
    describe(world.registry(), Describe(ref="mower@2", owner="bo"))  # the document stays
    with pytest.raises(InvalidDocument):
        describe(world.registry(), Describe(ref="mower@2", document={"rows": "more"}))
    describe(world.registry(), Describe(ref="mower@2", document={"rows": 2}))
    assert get_schema(world.registry(), "mower").differing_count == 1


def test_a_schema_is_replaced_and_taken_away(world: World) -> None:
    world.version(1)
    with pytest.raises(SchemaNotFound):
        get_schema(world.registry(), "mower")
    with pytest.raises(SchemaNotFound):
        remove_schema(world.registry(), RemoveSchema(model="mower"))
    put_schema(world.registry(), PutSchema(model="mower", json_schema=SHAPE))
    put_schema(world.registry(), PutSchema(model="mower", json_schema=SHAPE))
    put_schema(world.registry(), PutSchema(model="mower", json_schema={"title": "any"}))
    assert get_schema(world.registry(), "mower").json_schema == {"title": "any"}
    remove_schema(world.registry(), RemoveSchema(model="mower"))
    describe(world.registry(), Describe(ref="mower@1", document={"rows": "many"}))
    told = [(e.kind, e.before, e.after) for e in world.history() if "schema" in e.kind]
    assert told == [
        ("schema.put", {"schema": None}, {"schema": SHAPE, "differing": 0}),
        ("schema.put", {"schema": SHAPE}, {"schema": {"title": "any"}, "differing": 0}),
        ("schema.removed", {"schema": {"title": "any"}}, None),
    ]


def test_a_schema_put_in_between_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are looked at before the transaction, and again if something has come between."""
    world.version(1)
    looking = document_schema._look

    def look(*asked: Any) -> Any:
        monkeypatch.setattr(document_schema, "_look", looking)
        found = looking(*asked)
        describe(world.registry(), Describe(ref="mower@1", document={"rows": "many"}))
        return found

    monkeypatch.setattr(document_schema, "_look", look)
    with pytest.raises(DocumentsDiffer):
        put_schema(world.registry(), PutSchema(model="mower", json_schema=SHAPE))
    assert show_model(world.registry(), "mower").json_schema is None


def test_a_document_written_in_between_is_held_to_the_new_schema(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registry_tasks.registry.catalogue import describe as describing

    world.version(1)
    checking = describing._check

    def check(*asked: Any) -> Any:
        found = checking(*asked)
        put_schema(world.registry(), PutSchema(model="mower", json_schema=SHAPE))
        return found

    monkeypatch.setattr(describing, "_check", check)
    with pytest.raises(InvalidDocument):
        describe(world.registry(), Describe(ref="mower@1", document={"rows": "many"}))
    assert show(world.registry(), "mower@1").profile.document == {}


def test_a_schema_that_cannot_be_used_is_not_kept(sqlite_world: World) -> None:
    sqlite_world.version(1)
    with pytest.raises(InvalidSchema):
        put_schema(
            sqlite_world.registry(), PutSchema(model="mower", json_schema={"type": "objekt"})
        )
    assert show_model(sqlite_world.registry(), "mower").json_schema is None


# ---------------------------------------------------------------- what is not there


VERBS: list[Callable[[Any, str], object]] = [
    lambda registry, subject: add_note(registry, AddNote(subject=subject, text="x")),
    lambda registry, subject: change_tags(registry, ChangeTags(subject=subject, put={"a": "b"})),
    lambda registry, subject: (
        describe(registry, Describe(ref=subject, owner="bo"))
        if "@" in subject
        else describe_model(registry, DescribeModel(model=subject, owner="bo"))
    ),
    lambda registry, subject: list_notes(registry, subject),
]


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_not_there_cannot_be_annotated(
    sqlite_world: World, verb: Callable[[Any, str], object]
) -> None:
    world = sqlite_world
    world.version(1)
    for subject, error in (("edger", ModelNotFound), ("mower@2", VersionNotFound)):
        with pytest.raises(error):
            verb(world.registry(), subject)
    with pytest.raises(NotFound):
        verb(world.registry(), "00000000-0000-4000-8000-000000000000")
    assert EventKind.MODEL_NOTED not in world.kinds()


def test_a_deleted_version_is_looked_at_and_left_alone(world: World) -> None:
    world.version(1)
    add_note(world.registry(), AddNote(subject="mower@1", text="bad data"))
    delete(world.registry(), Delete(ref="mower@1", reason="bad"))
    for verb in VERBS[:3]:
        with pytest.raises(VersionDeleted):
            verb(world.registry(), "mower@1")
    assert [note.text for note in list_notes(world.registry(), "mower@1")] == ["bad data"]


def test_a_models_page_shows_its_newest_versions_and_places(world: World) -> None:
    for number in range(1, 13):
        world.version(number)
    world.raise_to("mower@2", "staging", "production")
    delete(world.registry(), Delete(ref="mower@12", reason="bad"))
    page = show_model(world.registry(), "mower")
    assert [version.number for version in page.newest] == list(range(11, 1, -1))
    assert (page.model.versions, page.model.latest) == (11, 11)
    assert (page.model.slots, page.model.aliases) == ({"production": 2}, {"champion": 2})
    with pytest.raises(ModelNotFound):
        show_model(world.registry(), "edger")
