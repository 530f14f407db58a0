"""The dashboard's addresses, said once."""

import re
from typing import Final
from urllib.parse import quote, urlencode

from registry_tasks.faces.routes import FILE

_LIKE_A_VERSION: Final = re.compile(r".+/versions/[1-9][0-9]{0,8}")


def model_url(name: str) -> str:
    """A model's page; one whose name ends as the address of a version does says that it is a model."""
    url = f"/models/{quote(name, safe='/')}"
    return f"{url}?as=model" if _LIKE_A_VERSION.fullmatch(name) else url


def version_url(ref: str) -> str:
    """The page of ``name@3``."""
    model, _, number = ref.rpartition("@")
    return f"/models/{quote(model, safe='/')}/versions/{quote(number, safe='')}"


def subject_url(subject: str) -> str:
    """The page of a model (``name``) or a version (``name@3``)."""
    return version_url(subject) if "@" in subject else model_url(subject)


def run_url(uuid: str) -> str:
    """The page of a run."""
    return f"/runs/{quote(uuid, safe='')}"


def sweep_url(uuid: str) -> str:
    """The page of a sweep."""
    return f"/sweeps/{quote(uuid, safe='')}"


def approval_url(uuid: str) -> str:
    """The page of a request for approval."""
    return f"/approvals/{quote(uuid, safe='')}"


def rebuilding_url(flow_run: str) -> str:
    """The page that shows how far a rebuild is."""
    return f"/rebuilds/{quote(flow_run, safe='')}"


def dataset_url(name: str, md5: str | None = None) -> str:
    """The page of a dataset, or of one state of it."""
    return with_query("/dataset", name=name, state=md5)


def file_url(ref: str, path: str) -> str:
    """Where a file of a version is downloaded from, by its name in the manifest."""
    return with_query(FILE, ref=ref, name=path)


def lineage_url(subject: str) -> str:
    """The graph around something."""
    return with_query("/lineage", subject=subject)


def history_url(subject: str) -> str:
    """What happened to a model or a version."""
    return with_query("/history", subject=subject)


def compare_url(*refs: str) -> str:
    """Versions or runs side by side."""
    return f"/compare?{urlencode([('ref', ref) for ref in refs])}"


def models_url(asked: str) -> str:
    """Models that a filter finds."""
    return with_query("/models", q=asked)


def with_query(address: str, **values: object) -> str:
    """Put values behind an address, those that are there."""
    said = {name: str(value) for name, value in values.items() if value not in (None, "", False)}
    return f"{address}?{urlencode(said)}" if said else address
