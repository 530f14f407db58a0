"""Write an environment as pip's requirements: what was installed, exactly."""

import re
from collections.abc import Iterator
from typing import Final

from registry_tasks.entities.environment import DirectUrl, UrlKind
from registry_tasks.entities.environment_record import EnvironmentRecord
from registry_tasks.entities.errors import EnvironmentNotRecorded

NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
"""Of a distribution, normalised."""
_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_-]*")
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://[^\s#;]+")


def write_requirements(record: EnvironmentRecord) -> str:
    """Return requirements.txt; what cannot be had from an index or a URL stands in comments."""
    lines = [*header(record), *pins(record), *(f"# {told}" for told in elsewhere(record))]
    return "\n".join(lines) + "\n"


def header(record: EnvironmentRecord) -> Iterator[str]:
    """Say in comments what this is. Raises EnvironmentNotRecorded."""
    environment = record.environment
    if not environment.packages:
        raise EnvironmentNotRecorded(record.ref, "no software was recorded with it")
    python, platform = _line(environment.python), _line(environment.platform)
    yield f"# The software of {record.ref}: what was installed when run {record.run} ended,"
    yield f"# Python {python} on {platform}."


def pins(record: EnvironmentRecord) -> tuple[str, ...]:
    """Return a requirement for each distribution that others can get, by name."""
    environment = record.environment
    lines = (
        _pin(name, version, environment.direct_urls.get(name))
        for name, version in sorted(environment.packages.items())
    )
    return tuple(line for line in lines if line is not None)


def elsewhere(record: EnvironmentRecord) -> tuple[str, ...]:
    """Tell of each distribution that others cannot get, or whose record is no requirement."""
    environment = record.environment
    found = []
    for name, version in sorted(environment.packages.items()):
        url = environment.direct_urls.get(name)
        if _pin(name, version, url) is not None:
            continue
        if url is not None and url.kind is UrlKind.LOCAL:
            how = " (editable)" if url.editable else ""
            place = f"was installed{how} from that machine's own {_plain(url.url)}"
            found.append(f"{_plain(name)} {_plain(version)} {place}: install it yourself")
        else:
            found.append(f"{_plain(name)} {_plain(version)} cannot be written as a requirement")
    return tuple(found)


def _pin(name: str, version: str, url: DirectUrl | None) -> str | None:
    if not NAME.fullmatch(name) or not _VERSION.fullmatch(version):
        return None
    if url is None:
        return f"{name}=={version}"
    if url.kind is UrlKind.LOCAL or not _URL.fullmatch(url.url):
        return None
    fragments = [f"subdirectory={_plain(url.subdirectory)}"] if url.subdirectory else []
    if url.kind is UrlKind.VCS:
        address = f"{url.vcs}+{url.url}@{url.commit}"
    else:
        address = url.url
        fragments += [_plain(url.hash)] if url.hash else []
    return f"{name} @ {_plain(address)}" + (f"#{'&'.join(fragments)}" if fragments else "")


def _plain(text: str) -> str:
    """Keep a record from writing words and lines of its own."""
    return _line(text).replace(" ", "?")


def _line(text: str) -> str:
    """Keep a record from writing lines of its own."""
    return "".join(c if c.isprintable() else "?" for c in text)
