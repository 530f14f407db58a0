"""Exact environments: the packages that a run had, installed again by uv, for steps to run in."""

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.drill import Looked
from registry_tasks.entities.environment import Environment, UrlKind
from registry_tasks.entities.errors import ExtraMissing, ProgramFailed
from registry_tasks.registry.experiments.workspaces import hold, scratch
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import without_token

_MADE: Final = "made-by-registry"
"""A file that is there when all packages are."""
_MEANING: Final = {0: Looked.PASSED, 1: Looked.FAILED}
"""How uv ends: with 1 if there is no such package, with 2 if it could not ask."""
_TOLD: Final = (
    "import importlib.metadata as m, json, re;"
    "print(json.dumps({re.sub('[-_.]+', '-', d.metadata['Name']).lower(): d.version"
    " for d in m.distributions()}))"
)


class Asked(NamedTuple):
    """What an index said of a number of packages."""

    looked: Looked
    packages: int
    why: str


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


def ask_for(registry: Registry, environment: Environment) -> Asked:
    """Ask the index that uv is set to whether all packages can still be had; installs nothing.

    What was installed from a folder is nobody else's and is left out, as in ``make_environment``.
    """
    lines = _requirements(environment)
    if not lines:
        return Asked(Looked.UNKNOWN, 0, "no packages are on record")
    try:
        uv = _uv()
    except ExtraMissing as error:
        return Asked(Looked.UNKNOWN, 0, str(error))
    with scratch(registry) as folder:
        requirements = folder / "requirements.txt"
        requirements.write_text("".join(f"{line}\n" for line in lines))
        options = ("--dry-run", "--no-deps", "--python-version", environment.python)
        place = ("--target", str(folder / "packages"), "-r", str(requirements))
        done = _call(uv, "pip", "install", "--quiet", *options, *place)
    looked = _MEANING.get(done.returncode, Looked.UNKNOWN)
    why = "" if looked is Looked.PASSED else " ".join(done.stderr.split())[-500:]
    return Asked(looked, len(lines), why)


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


def _call(uv: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [uv, *arguments], env=without_token(), capture_output=True, text=True, check=False
    )


def _run(uv: str, *arguments: str) -> None:
    done = _call(uv, *arguments)
    if done.returncode:
        raise ProgramFailed("uv", " ".join(arguments), done.stderr[-2000:])
