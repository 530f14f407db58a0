"""Every environment variable and every default, once."""

import getpass
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

STATE_FOLDER = ".registry"


@dataclass(frozen=True)
class Settings:
    """Where things are and who acts.

    ========================  =====================================================
    ``REGISTRY_PROJECT``      the checkout; default: the nearest folder above the
                              current one that holds ``.git``
    ``REGISTRY_STATE``        state folder; default ``<project>/.registry``
    ``REGISTRY_STORE``        metadata store; default ``sqlite:///<state>/registry.db``
    ``REGISTRY_REMOTE``       object remote, a folder; default ``<state>/remote``
    ``REGISTRY_CACHE``        downloaded models; default ``<state>/downloads``
    ``REGISTRY_ACTOR``        who acts; default: the operating system's user
    ========================  =====================================================
    """

    project: Path | None
    state: Path
    store_url: str
    remote: Path
    cache: Path
    actor: str

    @classmethod
    def load(cls, store: str | None = None) -> Self:
        """Read the environment; ``store`` is a store's URL or a state folder and outranks it."""
        named = os.environ.get("REGISTRY_PROJECT")
        project = Path(named).resolve() if named else _nearest_checkout(Path.cwd())
        home = (project or Path.cwd()) / STATE_FOLDER
        state = Path(os.environ.get("REGISTRY_STATE", home)).resolve()
        if store is not None and "://" not in store:
            state, store = Path(store).resolve(), None
        url = store or os.environ.get("REGISTRY_STORE") or f"sqlite:///{state / 'registry.db'}"
        return cls(
            project=project,
            state=state,
            store_url=url,
            remote=Path(os.environ.get("REGISTRY_REMOTE", state / "remote")).resolve(),
            cache=Path(os.environ.get("REGISTRY_CACHE", state / "downloads")).resolve(),
            actor=os.environ.get("REGISTRY_ACTOR") or getpass.getuser(),
        )


def prefect_environment(settings: Settings) -> dict[str, str]:
    """Return what Prefect needs to know before it is imported, where the user has not said it.

    It then writes below the state folder only.
    """
    home = settings.state / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    defaults = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    return {name: value for name, value in defaults.items() if name not in os.environ}


def _nearest_checkout(start: Path) -> Path | None:
    """The main checkout above ``start``; a linked worktree leads to the one it belongs to."""
    for folder in (start, *start.parents):
        git = folder / ".git"
        if git.is_dir():
            return folder
        if git.is_file():
            admin = Path(git.read_text().removeprefix("gitdir:").strip())
            shared = admin / "commondir"
            if shared.is_file():
                return (admin / shared.read_text().strip()).resolve().parent
            return folder
    return None
