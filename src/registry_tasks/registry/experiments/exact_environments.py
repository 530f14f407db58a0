"""Exact environments: the packages that a run had, installed again by uv, for steps to run in."""

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from registry_tasks.entities.environment import Environment, UrlKind
from registry_tasks.entities.errors import ExtraMissing, ProgramFailed
from registry_tasks.registry.experiments.workspaces import hold
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import without_token

_MADE: Final = "made-by-registry"
"""A file that is there when all packages are."""
_TOLD: Final = (
    "import importlib.metadata as m, json, re;"
    "print(json.dumps({re.sub('[-_.]+', '-', d.metadata['Name']).lower(): d.version"
    " for d in m.distributions()}))"
)


def make_environment(registry: Registry, environment: Environment) -> Path:
    """Return the Python of a virtual environment with a run's packages, made if need be.

    It is kept below the state folder and used again. Left out is what was installed from a folder,
    which nobody else has. uv takes packages from its cache, else from the index that it is set to.
    Raises: ExtraMissing without uv, ProgramFailed when Python or a package cannot be had.
    """
    name = f"environment-{environment.digest()[:32]}"
    folder = registry.settings.state / "environments" / name
    with hold(registry, name):
        if not (folder / _MADE).is_file():
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder, environment)
    return _python(folder)


def environment_in(python: Path, like: Environment) -> Environment:
    """Return what a made environment has, with the files that declare ``like``."""
    told = subprocess.run(
        [python, "-c", _TOLD], env=without_token(), capture_output=True, text=True, check=False
    )
    if told.returncode:
        raise ProgramFailed(str(python), "-c ...", told.stderr)
    packages: dict[str, str] = json.loads(told.stdout)
    addresses = {k: url for k, url in like.direct_urls.items() if k in packages}
    return like.model_copy(
        update={"packages": dict(sorted(packages.items())), "direct_urls": addresses}
    )


def _make(folder: Path, environment: Environment) -> None:
    uv = _uv()
    is_ours = environment.python == platform.python_version()
    wanted = sys.executable if is_ours else environment.python
    folder.parent.mkdir(parents=True, exist_ok=True)
    _run(uv, "venv", "--quiet", "--no-project", "--python", wanted, "--", str(folder))
    requirements = folder / "requirements.txt"
    requirements.write_text("".join(f"{line}\n" for line in _requirements(environment)))
    if requirements.stat().st_size:
        options = ("--quiet", "--no-deps", "--python", str(_python(folder)))
        _run(uv, "pip", "install", *options, "-r", str(requirements))
    (folder / _MADE).touch()


def _requirements(environment: Environment) -> list[str]:
    lines = []
    for name, version in environment.packages.items():
        url = environment.direct_urls.get(name)
        if url is None:
            lines.append(f"{name}=={version}")
        elif url.kind is UrlKind.VCS:
            lines.append(f"{name} @ {url.vcs}+{url.url}@{url.commit}")
        elif url.kind is UrlKind.ARCHIVE:
            lines.append(f"{name} @ {url.url}")
    return lines


def _python(folder: Path) -> Path:
    return folder / "bin" / "python"


def _uv() -> str:
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.is_file() else shutil.which("uv")
    if found is None:
        raise ExtraMissing("running with other packages", "environments")
    return found


def _run(uv: str, *arguments: str) -> None:
    done = subprocess.run(
        [uv, *arguments], env=without_token(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramFailed("uv", " ".join(arguments), done.stderr[-2000:])
