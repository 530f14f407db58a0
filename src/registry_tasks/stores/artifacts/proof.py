"""What an object's bytes must be, held against what they are."""

from pathlib import Path

from registry_tasks.entities.errors import ObjectCorrupt
from registry_tasks.entities.manifest import Artifact
from registry_tasks.stores.artifacts.digests import Digests


def plain(md5: str) -> str:
    """Return the MD5 of the bytes themselves: DVC marks those of listings."""
    return md5.removesuffix(".dir")


def wanted(artifact: Artifact) -> Digests:
    """Return what the artifact's bytes must hash to."""
    return Digests(plain(artifact.md5), artifact.sha256, artifact.size_bytes)


def told(digests: Digests) -> str:
    """Say which bytes these are."""
    return f"{digests.size_bytes} bytes with sha256 {digests.sha256}"


def check_artifact(artifact: Artifact, place: str, found: Digests) -> None:
    """Raise ObjectCorrupt unless these are the artifact's bytes."""
    if found != wanted(artifact):
        raise ObjectCorrupt(artifact.path, place, told(wanted(artifact)), told(found))


def check_sha256(artifact: Artifact, place: str, found: str) -> None:
    """Raise ObjectCorrupt unless these are the artifact's bytes, by their SHA-256."""
    if found != artifact.sha256:
        raise ObjectCorrupt(artifact.path, place, told(wanted(artifact)), f"sha256 {found}")


def check_source(source: Path, md5: str, found: Digests) -> None:
    """Raise ObjectCorrupt unless ``source`` holds what it is about to be stored as."""
    if found.md5 != plain(md5):
        is_now = f"md5 {found.md5}"
        raise ObjectCorrupt(source.name, str(source.parent), f"md5 {plain(md5)}", is_now)
