"""Where a checkout's DVC finds cache and remote, and the environment that DVC runs in."""

import os
import re
import sys
import uuid
from importlib.util import find_spec
from pathlib import Path

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import ExtraMissing, InvalidSetting
from registry_tasks.settings import without_token
from registry_tasks.stores.dvc.cache import DvcCache, read_option

REMOTE = "registry"
_SECTION = f"'remote \"{REMOTE}\"'"
_IGNORED = "/config.local"


def point_workspace(workspace: Path, cache: DvcCache | Path, remote: Path | Bucket) -> None:
    """Write cache and remote into the checkout's .dvc/config.local, which Git ignores.

    Other settings and comments in an existing file stay. Raises: InvalidSetting for a path that
    DVC's configuration cannot hold.
    """
    place = cache.root if isinstance(cache, DvcCache) else cache
    _write(
        workspace / ".dvc",
        ("core", "remote", REMOTE),
        *_remote(remote),
        ("cache", "dir", _quoted(place)),
    )


def point_checkout(root: Path, remote: Path | Bucket) -> None:
    """Let the user's own checkout know the remote; it is the default only if there is no other.

    Its cache is left as it is: the one that ``shared_cache`` finds. Raises: InvalidSetting,
    InvalidProject for a configuration that cannot be read.
    """
    folder = root / ".dvc"
    default = (
        (("core", "remote", REMOTE),)
        if read_option(folder, "core", "remote") in {"", REMOTE}
        else ()
    )
    _write(folder, *default, *_remote(remote))


def dvc_environment(state: Path) -> dict[str, str]:
    """Give the environment for DVC and what it starts; DVC then writes below ``state`` only.

    Nothing of Git's or DVC's variables around us is handed on: they could point elsewhere. Nor is
    the token: a stage is anybody's code, and what it prints is kept.
    """
    inherited = {
        name: value
        for name, value in without_token().items()
        if not name.startswith(("GIT_", "DVC_"))
    }
    python = str(Path(sys.executable).parent)
    return inherited | {
        "DVC_NO_ANALYTICS": "1",
        "DVC_SITE_CACHE_DIR": str(state / "dvc" / "site"),
        "DVC_GLOBAL_CONFIG_DIR": str(state / "dvc" / "global"),
        "DVC_SYSTEM_CONFIG_DIR": str(state / "dvc" / "system"),
        "PATH": os.pathsep.join([python, os.environ.get("PATH", os.defpath)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }


def _remote(remote: Path | Bucket) -> tuple[tuple[str, str, str], ...]:
    """Give the options of a remote: where it is, never who may use it.

    DVC finds endpoint, region and credentials as botocore's chain says, as the registry does.
    It hashes what it pulls from a bucket only if ``verify`` tells it to. Raises: ExtraMissing.
    """
    if isinstance(remote, Bucket):
        if find_spec("dvc_s3") is None:
            raise ExtraMissing("training with a remote in a bucket", "s3-flows")
        return (_SECTION, "url", str(remote)), (_SECTION, "verify", "true")
    return ((_SECTION, "url", _quoted(remote)),)


def _write(folder: Path, *options: tuple[str, str, str]) -> None:
    """Set options (section, name, value) in config.local of a .dvc folder."""
    (folder / "tmp").mkdir(parents=True, exist_ok=True)  # DVC's own, which Git ignores
    config = folder / "config.local"
    lines = config.read_text(encoding="utf-8").splitlines() if config.is_file() else []
    for section, name, value in options:
        lines = _with_option(lines, section, name, value)
    unfinished = folder / "tmp" / f"config.local.{uuid.uuid4().hex}"
    unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.replace(unfinished, config)
    _ignore(folder / ".gitignore")


def _with_option(lines: list[str], section: str, name: str, value: str) -> list[str]:
    """Return the lines of a configuration with one option set, in its place if it is there."""
    header, option = f"[{section}]", f"    {name} = {value}"
    stripped = [line.strip() for line in lines]
    if header not in stripped:
        return [*lines, header, option]
    start = stripped.index(header) + 1
    end = next((i for i in range(start, len(lines)) if stripped[i].startswith("[")), len(lines))
    same = re.compile(rf"{re.escape(name)}\s*=")
    kept = [line for line in lines[start:end] if not same.match(line.strip())]
    return [*lines[:start], option, *kept, *lines[end:]]


def _quoted(path: Path) -> str:
    text = str(path.absolute())
    for quote in ('"', "'"):
        if quote not in text and text.isprintable() and "%(" not in text:
            return f"{quote}{text}{quote}"
    raise InvalidSetting("folder", text, "DVC's configuration cannot hold this path")


def _ignore(gitignore: Path) -> None:
    lines = gitignore.read_text(encoding="utf-8").splitlines() if gitignore.is_file() else []
    if _IGNORED not in lines:
        gitignore.write_text("\n".join([*lines, _IGNORED]) + "\n", encoding="utf-8")
