"""The one place that turns what a server or botocore says into the registry's words."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import aiohttp
from botocore import exceptions as boto
from botocore.parsers import ResponseParserError

from registry_tasks.entities.errors import (
    ClockSkewed,
    RegistryError,
    RemoteCannot,
    RemoteCredentials,
    RemoteDenied,
    RemoteMissing,
    RemoteRefused,
)

_TRANSIENT: Final = frozenset(
    {"SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "BadDigest"}
    | {"IncompleteBody", "OperationAborted", "ConditionalRequestConflict", "Throttling"}
    | {"RequestLimitExceeded", "TooManyRequests", "PreconditionFailed", "XAmzContentSHA256Mismatch"}
)
"""PreconditionFailed: the object was replaced between two of our ranges; see _WRITING for uploads."""
_WRITING: Final = frozenset({"put_object", "complete_multipart_upload"})
_UNKNOWN_CALLER: Final = frozenset(
    {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"}
    | {"TokenRefreshRequired", "ExpiredTokenException", "InvalidSecurity", "NotSignedUp"}
    | {"UnrecognizedClientException", "InvalidClientTokenId"}
)
_DENIED: Final = frozenset({"AccessDenied", "AllAccessDisabled", "AccountProblem", "403"})
_ELSEWHERE: Final = frozenset(
    {"PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
    | {"301", "TemporaryRedirect", "MovedPermanently"}
)
_NO_CREDENTIALS: Final = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.ProfileNotFound,
    boto.SSOError,
    boto.TokenRetrievalError,
    boto.NoAuthTokenError,
    boto.RefreshWithMFAUnsupportedError,
)
_BROKEN: Final = (
    boto.HTTPClientError,  # connection refused, reset, closed, timed out, and name not found
    boto.ConnectionError,
    boto.IncompleteReadError,
    boto.ResponseStreamingError,
    ResponseParserError,
    boto.ReadTimeoutError,
    boto.FlexibleChecksumError,
    aiohttp.ClientError,
    asyncio.IncompleteReadError,
    OSError,  # TimeoutError too
)


class NoSuchObject(Exception):
    """There is no object of this key, or no such version of it."""


class TooShort(Exception):
    """There are no bytes where a range begins."""


class NotOnRecord(Exception):
    """A multipart upload is not known: it was completed or aborted already."""


class Occupied(Exception):
    """There is an object where one was to be written only if there is none."""


class Transient(Exception):
    """The same request may well work when made again."""


class Hidden(Exception):
    """A request without a body was refused, so that the server could not say why."""


def judge(place: str, action: str, error: Exception) -> Exception:
    """Return what a failure means: one of the above, or an error of the registry's."""
    if isinstance(error, RegistryError):
        return error
    if isinstance(error, boto.ClientError):
        return _judge_answer(place, action, error.response)
    if isinstance(error, _NO_CREDENTIALS):
        return RemoteCredentials(place, str(error))
    if isinstance(error, boto.NoRegionError):
        return RemoteRefused(place, "AWS_REGION or AWS_PROFILE must say its region")
    if isinstance(error, _BROKEN):
        return Transient(str(error) or type(error).__name__)
    if isinstance(error, boto.BotoCoreError | ValueError):
        return RemoteRefused(place, f"{action} cannot be asked for: {error}")
    return error


def _judge_answer(place: str, action: str, answer: Mapping[str, Any]) -> Exception:
    error, metadata = answer.get("Error", {}), answer.get("ResponseMetadata", {})
    code, status = str(error.get("Code", "")), int(metadata.get("HTTPStatusCode", 0))
    headers = metadata.get("HTTPHeaders", {})
    said = f"{code} {error.get('Message', '')}".strip()
    if code in {"NoSuchKey", "NoSuchVersion"} or (code == "404" and "head" in action):
        return NoSuchObject(said)
    if code == "InvalidRange":
        return TooShort(said)
    if code == "PreconditionFailed" and action in _WRITING:
        return Occupied(said)
    if code == "NoSuchUpload":
        return NotOnRecord(said)
    if code == "NoSuchBucket":
        return RemoteMissing(place, "there is no such bucket")
    if code == "RequestTimeTooSkewed":
        here = datetime.now(UTC).isoformat(timespec="seconds")
        return ClockSkewed(place, here, headers.get("date", "another time"))
    if code in _UNKNOWN_CALLER:
        return RemoteCredentials(place, said)
    if code == "403" and action.startswith("head"):
        return Hidden(said)
    if code in _DENIED:
        return RemoteDenied(place, f"{action} ({said})")
    if code in _ELSEWHERE:
        region = headers.get("x-amz-bucket-region", "another region")
        return RemoteMissing(place, f"its bucket is in {region}: set AWS_REGION")
    if code == "NotImplemented" or status in {405, 501}:
        return RemoteCannot(place, f"its server does not know {action}")
    if code in _TRANSIENT or status >= 500 or status == 429:
        return Transient(said)
    return RemoteRefused(place, f"{action}: {said or status}")
