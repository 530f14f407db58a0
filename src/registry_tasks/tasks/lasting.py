"""Flows that outlast Prefect: what they come to is in the registry, whoever can be told of it."""

import logging
from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

from httpx import HTTPError
from prefect.context import FlowRunContext
from prefect.flows import Flow
from prefect.settings import PREFECT_API_URL

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.tasks.endings import shown_ending

_log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class LastingFlow(Flow[P, R]):
    """A flow that ends as its function does, also when Prefect's server has gone meanwhile.

    Prefect's client asks again for about a minute, which spans a restart. After that the flow's
    answer or error counts all the same, and a flow within a flow that is under way runs without
    being shown. Raises: ProgramFailed if there is no server to begin with, and nothing was done.

    ``tells`` says in a line what an answer came to, for Prefect's page.
    """

    def __init__(
        self, function: Callable[P, R], *, tells: Callable[[Any], str] | None, **options: Any
    ) -> None:
        super().__init__(function, **options)
        self._plain, self._tells = function, tells
        self.fn = shown_ending(function, tells)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the flow."""
        called = _Once(self._plain)
        shown = copy(self)
        shown.fn = shown_ending(wraps(self._plain)(called), self._tells)
        try:
            super(LastingFlow, shown).__call__(*args, **kwargs)
            return called.outcome()
        except (HTTPError, RuntimeError) as error:
            if not _is_away(error):
                raise
            if not called.began and FlowRunContext.get() is None:
                said = f"{PREFECT_API_URL.value()} does not answer: {error}"
                raise ProgramFailed("prefect", "server", said) from error
            _log.warning("Prefect's server has gone; flow %s goes on without: %s", self.name, error)
            return called.outcome() if called.began else self._plain(*args, **kwargs)


def _is_away(error: HTTPError | RuntimeError) -> bool:
    """Whether the server gave no answer; the first time of all Prefect says so with RuntimeError."""
    return isinstance(error, HTTPError) or isinstance(error.__cause__, HTTPError)


class _Once(Generic[R]):
    """A function that keeps what it came to."""

    def __init__(self, function: Callable[..., R]) -> None:
        self._function = function
        self.began = False
        self._answer: R | None = None
        self._error: BaseException | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> R:
        self.began = True
        try:
            self._answer = self._function(*args, **kwargs)
        except BaseException as error:
            self._error = error
            raise
        return self._answer

    def outcome(self) -> R:
        """Return or raise what it came to."""
        if self._error is not None:
            raise self._error
        return cast("R", self._answer)


def lasting_flow(
    *,
    name: str,
    flow_run_name: str | Callable[[], str],
    tells: Callable[[Any], str] | None = None,
) -> Callable[[Callable[P, R]], LastingFlow[P, R]]:
    """Make a function a flow, as Prefect's ``flow`` does."""

    def made(function: Callable[P, R]) -> LastingFlow[P, R]:
        return LastingFlow(
            function, tells=tells, name=name, flow_run_name=flow_run_name, persist_result=False
        )

    return made
