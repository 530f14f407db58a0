"""Data that stays where it is: one version of an object in somebody's bucket."""

from typing import NamedTuple, Self
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit


class Source(NamedTuple):
    """An object's version, which never changes; the ETag is what its server called its bytes."""

    bucket: str
    key: str
    version_id: str
    etag: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str`` wrote."""
        parts = urlsplit(text)
        named = parse_qs(parts.query)
        return cls(parts.netloc, unquote(parts.path[1:]), named["versionId"][0], named["etag"][0])

    def __str__(self) -> str:
        named = urlencode({"versionId": self.version_id, "etag": self.etag})
        return f"s3://{self.bucket}/{quote(self.key)}?{named}"
