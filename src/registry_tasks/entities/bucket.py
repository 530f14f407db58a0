"""A bucket: where objects live that are in no folder."""

import re
from typing import NamedTuple, Self

from registry_tasks.entities.errors import InvalidSetting

SCHEME = "s3://"
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9._=+@-]+(?:/[A-Za-z0-9._=+@-]+)*")


class Bucket(NamedTuple):
    """A bucket and the prefix in it; projects that share a bucket have prefixes of their own."""

    name: str
    prefix: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read ``s3://bucket/prefix``. Raises InvalidSetting."""
        name, _, prefix = url.removeprefix(SCHEME).partition("/")
        prefix = prefix.rstrip("/")
        if not url.startswith(SCHEME) or not _NAME.fullmatch(name):
            raise InvalidSetting("REGISTRY_REMOTE", url, "write a folder or s3://bucket/prefix")
        if prefix and (not _PREFIX.fullmatch(prefix) or {".", ".."} & {*prefix.split("/")}):
            reason = "a prefix is words of A-Z a-z 0-9 . _ = + @ - with one / between them"
            raise InvalidSetting("REGISTRY_REMOTE", url, reason)
        return cls(name, prefix)

    def __str__(self) -> str:
        return f"{SCHEME}{self.name}/{self.prefix}".rstrip("/")

    def key(self, *parts: str) -> str:
        """Return the key of what lies below the prefix."""
        return "/".join((self.prefix, *parts) if self.prefix else parts)
