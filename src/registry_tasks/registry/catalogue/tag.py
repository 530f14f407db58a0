"""Tag: set tags of a model or a version, and take others away."""

from typing import Final

from registry_tasks.entities.annotation import ChangeTags
from registry_tasks.entities.errors import MalformedText
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.profile import Tags
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.catalogue.subject import get_subject
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events, tags
from registry_tasks.stores.metadata.store import Transaction

MAX_TAGS: Final = 200


def change_tags(registry: Registry, request: ChangeTags) -> Tags:
    """Set and remove tags; returns all that there are now. What changes nothing leaves no event.

    Raises: ModelNotFound, VersionNotFound, MalformedText if there would be too many.
    """

    def act(tx: Transaction) -> Tags:
        subject = get_subject(tx.connection, request.subject)
        if subject.version_id is None:
            had = tags.read_model_tags(tx.connection, subject.model_id)
        else:
            had = tags.read_version_tags(tx.connection, subject.version_id)
        put = {key: value for key, value in request.put.items() if had.get(key) != value}
        removed = [key for key in request.remove if key in had]
        have = {key: value for key, value in {**had, **put}.items() if key not in removed}
        if len(have) > max(MAX_TAGS, len(had)):
            reason = f"there would be {len(have)} of them; {MAX_TAGS} are allowed"
            raise MalformedText(f"tags of {subject.name}", reason)
        if put or removed:
            if subject.version_id is None:
                kind = EventKind.MODEL_TAGGED
                tags.change_model_tags(tx, subject.model_id, put, removed)
            else:
                kind = EventKind.VERSION_TAGGED
                tags.change_version_tags(tx, subject.version_id, put, removed)
            events.append(
                tx,
                kind,
                model=subject.model_id,
                version=subject.version_id,
                before={"tags": {key: had[key] for key in (*put, *removed) if key in had}},
                after={"tags": dict(put)},
            )
        return Tags(subject=subject.name, tags=dict(sorted(have.items())))

    return carry_out(registry, request, act, Tags)
