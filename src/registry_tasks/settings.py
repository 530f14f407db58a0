"""Every environment variable and every default, once."""

import base64
import getpass
import math
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from registry_tasks.entities.allowed import NONE, RECEIVERS, Allowed
from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import InvalidSetting, MalformedText
from registry_tasks.entities.texts import check_name

STATE_FOLDER = ".registry"
S3_DEADLINE_S: Final = 60.0
EXPIRES_S: Final = 3_600
MAX_EXPIRES_S: Final = 604_800
"""How long a link to an object holds: an hour, and a week at most, as S3 has it."""
_OURS: Final = ("REGISTRY_", "PREFECT_", "AWS_", "PG")
_SCHEDULER = re.compile(r"(?:tcp|tls|ws|wss)://[^\s/]+:[0-9]+/?")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_KMS_KEY = re.compile(r"aws:kms:[A-Za-z0-9:/_-]+")
DASHBOARD: Final = "REGISTRY_DASHBOARD_URL"
PREFECT_API: Final = "PREFECT_API_URL"
"""Names the API of a Prefect server, as Prefect's own programs read it."""
TOKEN: Final = "REGISTRY_TOKEN"
"""Names the secret. Programs that we start do not get it: they may run anybody's code."""


@dataclass(frozen=True)
class Settings:
    """Where things are and who acts.

    ========================  =====================================================
    ``REGISTRY_PROJECT``      the checkout; default: the nearest folder above the
                              current one that holds ``.git``
    ``REGISTRY_STATE``        state folder; default ``<project>/.registry``
    ``REGISTRY_STORE``        metadata store, or the address of a server before it
                              (``http://host:port``); default ``sqlite:///<state>/registry.db``
    ``REGISTRY_REMOTE``       object remote, a folder or ``s3://bucket/prefix``;
                              default ``<state>/remote``
    ``REGISTRY_S3_DEADLINE``  seconds that one operation on an object in a bucket may
                              take, plus a second a mebibyte; default 60
    ``REGISTRY_S3_ENCRYPTION``  what a bucket is asked to encrypt with: ``AES256``,
                              ``aws:kms`` or ``aws:kms:<key>``; default: the bucket's own
    ``REGISTRY_GIT_REMOTE``   a Git remote such as ``origin`` that keeps log, tags and run
                              commits as well; default: none
    ``REGISTRY_CACHE``        downloaded models; default ``<state>/downloads``
    ``REGISTRY_DASK``         address of the Dask scheduler on which sweeps run their trials, such
                              as ``tcp://host:8786``; default: threads here
    ``REGISTRY_DASHBOARD_URL``  where people open the dashboard, such as
                              ``https://registry.example.org``; links lead there
    ``REGISTRY_ACTOR``        who acts; default: the operating system's user
    ``REGISTRY_SECRETS``      folder of what is secret of subscriptions; default ``<state>/secrets``
    ``REGISTRY_ALLOWED_RECEIVERS``  networks and hosts to which events may go though they are no part
                              of the internet, such as ``10.1.0.0/16, hooks.internal``; default: none
    ``PREFECT_API_URL``       the Prefect server that gets events; default: none
    ``REGISTRY_TOKEN``        who acts in a registry with accounts: the secret of a token
    ========================  =====================================================
    """

    project: Path | None
    state: Path
    store_url: str
    remote: Path | Bucket
    cache: Path
    actor: str
    s3_deadline_s: float = S3_DEADLINE_S
    s3_encryption: str = ""
    git_remote: str | None = None
    dask: str | None = None
    dashboard_url: str | None = None
    secrets: Path | None = None
    allowed_receivers: Allowed = NONE
    prefect_api: str | None = None
    token: str | None = field(default=None, repr=False)

    @property
    def workspaces(self) -> Path:
        """Where runs have working copies of their own."""
        return self.state / "workspaces"

    @property
    def secret_folder(self) -> Path:
        """Where what is secret of subscriptions is kept."""
        return self.secrets or self.state / "secrets"

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
            remote=_remote(os.environ.get("REGISTRY_REMOTE") or str(state / "remote")),
            cache=Path(os.environ.get("REGISTRY_CACHE", state / "downloads")).resolve(),
            actor=_actor(os.environ.get("REGISTRY_ACTOR", "")),
            s3_deadline_s=_s3_deadline(os.environ.get("REGISTRY_S3_DEADLINE", "")),
            s3_encryption=_s3_encryption(os.environ.get("REGISTRY_S3_ENCRYPTION", "")),
            git_remote=os.environ.get("REGISTRY_GIT_REMOTE") or None,
            dask=_dask(os.environ.get("REGISTRY_DASK", "")),
            dashboard_url=_dashboard_url(os.environ.get(DASHBOARD, "")),
            secrets=_folder(os.environ.get("REGISTRY_SECRETS", "")),
            allowed_receivers=Allowed.parse(os.environ.get(RECEIVERS, "")),
            prefect_api=os.environ.get(PREFECT_API, "").strip() or None,
            token=os.environ.get(TOKEN, "").strip() or None,
        )


def without_token() -> dict[str, str]:
    """Return the environment of this process for one that has no need to act in the registry."""
    return {name: value for name, value in os.environ.items() if name != TOKEN}


def for_strangers() -> dict[str, str]:
    """Return the environment of this process for code of others, which needs nothing of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


def prefect_credentials() -> dict[str, str]:
    """Return what a Prefect server wants to know, from where Prefect's own programs take it."""
    if key := os.environ.get("PREFECT_API_KEY"):
        return {"Authorization": f"Bearer {key}"}
    if pair := os.environ.get("PREFECT_API_AUTH_STRING"):
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def is_address(store_url: str) -> bool:
    """Whether a store is named by the address of a server before it."""
    return store_url.startswith(("http://", "https://"))


def prefect_environment(settings: Settings) -> dict[str, str]:
    """Return what Prefect needs to know before it is imported, where the user has not said it.

    It then writes below the state folder only.
    """
    home = settings.state / "prefect"
    settings.state.mkdir(0o700, parents=True, exist_ok=True)
    home.mkdir(exist_ok=True)
    defaults = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    return {name: value for name, value in defaults.items() if name not in os.environ}


def _actor(said: str) -> str:
    """Return who acts, never nobody; a container's user may have a number and no name."""
    try:
        found = check_name(said)
    except MalformedText as error:
        raise InvalidSetting("REGISTRY_ACTOR", said[:120], error.reason) from None
    if found:
        return found
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid-{os.getuid()}"


def _remote(said: str) -> Path | Bucket:
    looks_like_url = re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", said)  # also one with a slash missing
    return Bucket.parse(said) if looks_like_url else Path(said).resolve()


def _folder(said: str) -> Path | None:
    return Path(said).resolve() if said else None


def _dask(said: str) -> str | None:
    if said and not _SCHEDULER.fullmatch(said):
        raise InvalidSetting("REGISTRY_DASK", said, "write tcp://host:port or tls://host:port")
    return said or None


def _dashboard_url(said: str) -> str | None:
    if said and not _WEB_ADDRESS.fullmatch(said):
        reason = "write http://host:port or https://host"
        raise InvalidSetting(DASHBOARD, said, reason)
    return said.rstrip("/") or None


def _s3_deadline(said: str) -> float:
    if not said:
        return S3_DEADLINE_S
    try:
        seconds = float(said)
    except ValueError:
        seconds = math.nan
    if not 1 <= seconds <= 86_400:  # also not a number
        raise InvalidSetting("REGISTRY_S3_DEADLINE", said, "write seconds, 1 to 86400")
    return seconds


def _s3_encryption(said: str) -> str:
    if said not in ("", "AES256", "aws:kms") and not _KMS_KEY.fullmatch(said):
        reason = "write AES256, aws:kms or aws:kms:<key>"
        raise InvalidSetting("REGISTRY_S3_ENCRYPTION", said, reason)
    return said


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
