"""Who calls: a bearer token, a browser's session, or without accounts the system's user."""

import hmac
import math
from functools import cached_property
from typing import Annotated, Final, NamedTuple

from fastapi import Depends, HTTPException, Request

from registry_tasks.entities.access import Identity
from registry_tasks.entities.approval import Approval
from registry_tasks.entities.errors import StoreMissing, TokenRefused
from registry_tasks.faces.going_on import PATIENCE_S, show_going_on
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.refusals import Refusals
from registry_tasks.faces.prefect_api import PrefectApi
from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.access import identify
from registry_tasks.stores.metadata.query import Query

COOKIE: Final = "registry_session"


class Caller(NamedTuple):
    """Whoever asks, and the token that their forms must carry.

    ``is_program`` is said of who showed a bearer token, which no browser adds by itself.
    """

    identity: Identity
    form_token: str
    has_session: bool
    is_program: bool = False


class OpenReader(Resolver):
    """Reads for whoever the server lets in: it asks for each request, not for each connection."""

    def _admit(self, query: Query) -> None:
        pass


class Callers:
    """Finds out who calls; one for each app, kept as ``app.state.callers``."""

    def __init__(self, config: ServerConfig) -> None:
        self.config = config
        self._refusals = Refusals(config.refusals)

    @cached_property
    def registry(self) -> Registry:
        """The registry as the server itself opens it: for nobody, so that it may do nothing."""
        return Registry(self.config.settings, Identity(actor="server", rights=()))

    @cached_property
    def reader(self) -> OpenReader:
        """The quick road to the same store."""
        return OpenReader(self.config.settings)

    @cached_property
    def prefect(self) -> PrefectApi | None:
        """The Prefect server whose workers run flows, if the server was told of one."""
        url = self.config.settings.prefect_api
        return None if url is None else PrefectApi(url)

    def show_going_on(self, approval: Approval) -> None:
        """Let Prefect show what somebody approved of here, if it was promoted."""
        url = self.config.settings.prefect_api
        if url is not None:
            show_going_on(PrefectApi(url, PATIENCE_S), [approval])

    @cached_property
    def is_quick(self) -> bool:
        """Whether a look at the store is over before a thread could begin it."""
        return self.config.settings.store_url.startswith("sqlite:///")

    def find(self, request: Request) -> Caller:
        """Return who calls. Raises TokenRefused, and 429 where that comes too often."""
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        bearer = bearer.strip() if scheme.lower() == "bearer" else ""
        session = request.cookies.get(COOKIE)
        secret = bearer or session
        user = self.config.settings.actor
        try:
            with self.reader.reading() as query:
                identity = identify(query, secret, user)
        except StoreMissing:  # the first change makes it
            identity = Identity(actor=user)
        except TokenRefused:
            if secret:
                self.count_refusal(request)
            raise
        has_session = session is not None and not bearer and identity.rights is not None
        key = secret.encode() if secret and identity.rights is not None else self.config.secret
        return Caller(identity, _sign(key, identity.actor), has_session, bool(bearer))

    def count_refusal(self, request: Request) -> None:
        """Count a token that did not hold. Raises 429 where that comes too often."""
        wait = self._refusals.add(_address(request))
        if wait is not None:
            headers = {"Retry-After": str(math.ceil(wait))}
            raise HTTPException(429, "too many tokens that do not hold", headers) from None

    def close(self) -> None:
        """Close what was opened."""
        for name in ("registry", "reader"):
            if name in self.__dict__:
                self.__dict__[name].close()


def find_caller(request: Request) -> Caller:
    """Return who calls, found out once a request."""
    if not hasattr(request.state, "caller"):
        request.state.caller = request.app.state.callers.find(request)
    found: Caller = request.state.caller
    return found


def open_registry(request: Request, caller: Annotated[Caller, Depends(find_caller)]) -> Registry:
    """Return the registry as the caller sees it."""
    callers: Callers = request.app.state.callers
    return callers.registry.acting_as(caller.identity)


Calling = Annotated[Caller, Depends(find_caller)]
Opened = Annotated[Registry, Depends(open_registry)]
"""What an endpoint takes: ``def page(registry: Opened, caller: Calling)``."""


def _sign(key: bytes, actor: str) -> str:
    return hmac.digest(key, f"form of {actor}".encode(), "sha256").hex()


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
