"""Capture the software environment of this interpreter, in which the pipeline's steps run."""

import json
import platform
from functools import lru_cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from packaging.utils import canonicalize_name

from registry_tasks.entities.environment import DECLARING_FILES, DirectUrl, Environment, UrlKind
from registry_tasks.registry.experiments.lock_files import declares
from registry_tasks.stores.artifacts.digests import digest_file


def capture_environment(folder: Path) -> Environment:
    """Return Python, platform, packages, and the files in ``folder`` that declare them.

    A lock file that names no distribution is none.
    """
    there = [name for name in DECLARING_FILES if (folder / name).is_file()]
    declaring = [name for name in there if declares(folder / name)]
    installed = _installed()
    return Environment(
        python=platform.python_version(),
        platform=f"{platform.system()}-{platform.machine()}".lower(),
        packages={name: version for name, (version, _) in installed.items()},
        files={name: digest_file(folder / name).sha256 for name in declaring},
        direct_urls={name: url for name, (_, url) in installed.items() if url is not None},
    )


@lru_cache(maxsize=1)
def _installed() -> dict[str, tuple[str, DirectUrl | None]]:
    """Return name -> version and address; of two with one name, that which Python would import.

    What a broken installation left behind, a folder without name or version, is left out.
    """
    found: dict[str, tuple[str, DirectUrl | None]] = {}
    for distribution in distributions():
        try:
            told = distribution.metadata
        except FileNotFoundError:  # as newer readers of metadata say it, such as the backport
            continue
        if "Name" in told and "Version" in told:
            name, version = canonicalize_name(told["Name"]), told["Version"]
            found.setdefault(name, (version, _direct_url(distribution)))
    return dict(sorted(found.items()))


def _direct_url(distribution: Distribution) -> DirectUrl | None:
    """Read ``direct_url.json``, which an installer writes for what came from no index (PEP 610)."""
    try:
        return _read_url(json.loads(distribution.read_text("direct_url.json") or "null"))
    except ValueError:  # an installer's own mistake: nothing is known then
        return None


def _read_url(document: Any) -> DirectUrl | None:
    match document:
        case {"url": str(url), "vcs_info": {"commit_id": str(commit), "vcs": str(vcs)}}:
            found = DirectUrl(kind=UrlKind.VCS, url=_public(url), vcs=vcs, commit=commit)
        case {"url": str(url), "dir_info": dict(told)}:
            editable = told.get("editable") is True
            found = DirectUrl(kind=UrlKind.LOCAL, url=_public(url), editable=editable)
        case {"url": str(url), "archive_info": dict(told)}:
            kind = UrlKind.LOCAL if url.startswith("file:") else UrlKind.ARCHIVE
            found = DirectUrl(kind=kind, url=_public(url), hash=_hash(told))
        case _:
            return None
    return found.model_copy(update={"subdirectory": str(document.get("subdirectory") or "")})


def _hash(told: dict[str, Any]) -> str:
    match told:
        case {"hashes": {"sha256": str(digest)}}:
            return f"sha256={digest}"
        case {"hash": str(digest)}:
            return digest
    return ""


def _public(url: str) -> str:
    """Leave out passwords and tokens: a record is read by everybody."""
    parts = urlsplit(url)
    who, at, host = parts.netloc.rpartition("@")
    user = "" if parts.scheme.startswith("http") else who.partition(":")[0] + at
    return parts._replace(netloc=user + host).geturl()
