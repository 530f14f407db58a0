"""Say things of models and versions: profile, notes, tags, and the shape of documents."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.model import RegisteredModel
    from registry_tasks.entities.profile import ModelSchema, Note, Tags


class Annotating(Session):
    """Changes what people say, never what a version is; one ``key``, one effect, one answer."""

    def describe(
        self,
        ref: str,
        text: str | None = None,
        *,
        purpose: str | None = None,
        owner: str | None = None,
        team: str | None = None,
        related: Sequence[str] | None = None,
        links: Sequence[str] | None = None,
        document: Mapping[str, JsonValue] | None = None,
        key: str | None = None,
    ) -> ModelVersion:
        """Change what is said of a version; ``text`` is its description, None leaves a field alone."""
        from registry_tasks.entities.annotation import Describe
        from registry_tasks.registry.catalogue.describe import describe

        request = Describe(
            ref=ref,
            text=text,
            purpose=purpose,
            owner=owner,
            team=team,
            related=None if related is None else tuple(related),
            links=None if links is None else tuple(links),
            document=_object(document),
            key=key,
        )
        return self._ask(describe, request)

    def describe_model(
        self,
        model: str,
        text: str | None = None,
        *,
        purpose: str | None = None,
        owner: str | None = None,
        team: str | None = None,
        related: Sequence[str] | None = None,
        links: Sequence[str] | None = None,
        document: Mapping[str, JsonValue] | None = None,
        key: str | None = None,
    ) -> "RegisteredModel":
        """Change what is said of a model, as ``describe`` does of a version."""
        from registry_tasks.entities.annotation import DescribeModel
        from registry_tasks.registry.catalogue.describe import describe_model

        request = DescribeModel(
            model=model,
            text=text,
            purpose=purpose,
            owner=owner,
            team=team,
            related=None if related is None else tuple(related),
            links=None if links is None else tuple(links),
            document=_object(document),
            key=key,
        )
        return self._ask(describe_model, request)

    def note(self, subject: str, text: str, *, key: str | None = None) -> "Note":
        """Write a note of a model or a version; nobody can change it any more."""
        from registry_tasks.entities.annotation import AddNote
        from registry_tasks.registry.catalogue.note import add_note

        return self._ask(add_note, AddNote(subject=subject, text=text, key=key))

    def tag(
        self,
        subject: str,
        put: Mapping[str, str] | None = None,
        *,
        remove: Sequence[str] = (),
        key: str | None = None,
    ) -> "Tags":
        """Set tags of a model or a version and take others away; returns all that there are now."""
        from registry_tasks.entities.annotation import ChangeTags
        from registry_tasks.registry.catalogue.tag import change_tags

        request = ChangeTags(subject=subject, put=dict(put or {}), remove=tuple(remove), key=key)
        return self._ask(change_tags, request)

    def put_schema(
        self,
        model: str,
        json_schema: Mapping[str, JsonValue],
        *,
        existing: str = "must-meet",
        key: str | None = None,
    ) -> "ModelSchema":
        """Hold documents of a model and its versions to a JSON Schema, draft 2020-12.

        ``existing="may-differ"`` lets documents stay that do not meet it.
        """
        from registry_tasks.entities.annotation import Existing, PutSchema
        from registry_tasks.registry.catalogue.document_schema import put_schema

        request = PutSchema(
            model=model, json_schema=dict(json_schema), existing=Existing(existing), key=key
        )
        return self._ask(put_schema, request)

    def remove_schema(self, model: str, *, key: str | None = None) -> "ModelSchema":
        """Let documents of a model have any shape; returns the schema that it had."""
        from registry_tasks.entities.annotation import RemoveSchema
        from registry_tasks.registry.catalogue.document_schema import remove_schema

        return self._ask(remove_schema, RemoveSchema(model=model, key=key))


def _object(document: Any) -> Any:
    """Make a plain ``dict`` of a mapping; what is none is refused with the request."""
    return dict(document) if isinstance(document, Mapping) else document
