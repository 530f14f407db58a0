"""The plain model's bytes: which versions let go of theirs, and who else has the same."""

from dataclasses import dataclass

from support.plain_catalogue import Said, Says


@dataclass(kw_only=True)
class Kept(Said):
    """What became of a version's bytes."""

    held: str | None = None
    deleted: str | None = None
    dropped: str | None = None
    verdict: str | None = None  # of its last rebuild


class Bytes:
    """Verbs that let go of bytes and bring them back."""

    runs: list[tuple[int, int | None]]
    """Content, and the version that the run made or confirmed; only runs of a pipeline are kept."""
    versions: list[Kept]
    history: list[tuple[str, int | None, object, object]]

    def rebuild(self, version: Kept, verdict: str) -> None:
        version.verdict = verdict
        self.history.append(("version.reproduced", version.number, None, None))

    def drop_bytes(self, version: Kept, content: int, reason: str, is_free: bool) -> str:
        """Why it is without them; ``is_free`` says that it is archived and nobody uses it."""
        if version.dropped is None:
            is_remakable = version.verdict == "identical" and not version.held
            if not (is_free and is_remakable and self._is_only_its_own(version, content)):
                raise Says("NotDroppable")
            version.dropped = reason
            self.history.append(("version.bytes_dropped", version.number, None, None))
        return version.dropped

    def remake(self, version: Kept) -> None:
        if version.dropped is not None:
            version.dropped = None
            self.history.append(("version.bytes_remade", version.number, None, None))

    def check_has_bytes(self, version: Kept) -> None:
        if version.dropped is not None:
            raise Says("BytesDropped")

    def _is_only_its_own(self, version: Kept, content: int) -> bool:
        gone = {v.number for v in self.versions if (v.dropped or v.deleted) and not v.held}
        return all(n in gone or n == version.number for c, n in self.runs if c == content)
