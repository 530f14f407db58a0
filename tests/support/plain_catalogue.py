"""The plain model's notes, tags and deployments of versions."""

from dataclasses import dataclass, field

Place = tuple[str, str]  # environment, place


class Says(Exception):
    """The name of the error that must be raised."""


@dataclass(kw_only=True)
class Said:
    """What is said of a version, and where it is used."""

    number: int
    notes: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    used: dict[Place, int] = field(default_factory=dict)  # the event since which it is, 0 if not

    @property
    def is_used(self) -> bool:
        return any(self.used.values())


class Catalogue:
    """Verbs that move nothing."""

    def __init__(self) -> None:
        self.history: list[tuple[str, int | None, object, object]] = []

    def note(self, version: Said, text: str) -> str:
        version.notes.append(text)
        self.history.append(("version.noted", version.number, None, {"text": text}))
        return text

    def tag(self, version: Said, put: dict[str, str], remove: list[str]) -> dict[str, str]:
        """All tags that there are then; one that is both set and removed is refused."""
        new = {key: value for key, value in put.items() if version.tags.get(key) != value}
        gone = [key for key in remove if key in version.tags]
        before = {key: version.tags[key] for key in (*new, *gone) if key in version.tags}
        if new or gone:
            told = {"tags": before}, {"tags": new}
            self.history.append(("version.tagged", version.number, *told))
        kept = {key: value for key, value in version.tags.items() if key not in gone}
        version.tags = kept | new
        return version.tags

    def start_deployment(
        self, version: Said, place: Place, others: list[Said], replace: bool
    ) -> list[int]:
        """The numbers of what it replaces."""
        ended = [other for other in others if other is not version and other.used.get(place)]
        ended.sort(key=lambda other: other.used[place])
        for other in ended if replace else ():
            self._end(other, place)
        if not version.used.get(place):
            version.used[place] = len(self.history)
            self.history.append(("deployment.started", version.number, None, None))
        return [other.number for other in ended] if replace else []

    def end_deployment(self, version: Said, place: Place) -> None:
        if place not in version.used:
            raise Says("DeploymentNotFound")
        if version.used[place]:
            self._end(version, place)

    def _end(self, version: Said, place: Place) -> None:
        version.used[place] = 0
        self.history.append(("deployment.ended", version.number, None, None))
