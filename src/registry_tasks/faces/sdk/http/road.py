"""The road over HTTP: a verb is asked at its address."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar, cast
from urllib.parse import parse_qsl, urlsplit

from pydantic import TypeAdapter

from registry_tasks.entities.errors import InvalidSetting, NotOverHttp
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.faces.routes import BASE, FILE, Route, route_of
from registry_tasks.faces.sdk.http.address import read_address
from registry_tasks.faces.sdk.http.answers import Answer, read_answer, read_as
from registry_tasks.faces.sdk.http.questions import (
    Question,
    to_pairs,
    to_question,
    to_search,
)
from registry_tasks.faces.sdk.http.sending import DEADLINE_S, Sender
from registry_tasks.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    import httpx

    from registry_tasks.entities.logged_run import LogRun
    from registry_tasks.entities.registration import RegisterFile, Registration
    from registry_tasks.entities.request import Request
    from registry_tasks.entities.search import Search
    from registry_tasks.faces.sdk.http.files import ServedBytes
    from registry_tasks.registry.catalogue.reading import Reader
    from registry_tasks.registry.experiments.held_run import HeldRun
    from registry_tasks.registry.registry import Registry

P = ParamSpec("P")
Q = TypeVar("Q", bound="Request")
R = TypeVar("R")
_VERSION: Final = TypeAdapter(ModelVersion)


class HttpRoad:
    """Asks a server; keeps connections open, and may be used from many threads and after a fork.

    ``transport`` carries requests in another way than httpx's own; in ``deadline_s`` seconds, and a
    second more a mebibyte of a file, there is an answer or an error.
    """

    def __init__(
        self,
        settings: Settings,
        transport: "httpx.BaseTransport | None" = None,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._settings = settings
        self._url = read_address(settings.store_url)
        token = _check_token(settings.token)
        self._sender = Sender(self._url, token, transport, deadline_s)

    def ask(
        self, verb: "Callable[Concatenate[Registry, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Return what a verb answers. Raises NotOverHttp for one without an address."""
        question = to_question(_route_to(verb, self._url), verb, args, kwargs)
        if question.is_paged:
            return cast(R, tuple(self._gather(verb, question))[: question.wanted])
        return cast(R, read_answer(verb, self._sender.send(question), self._url))

    def search(self, verb: "Callable[[Reader, Search], R]", search: "Search") -> R:
        """Return what a searching verb answers."""
        route = _route_to(verb, self._url)
        answer = self._sender.send(to_search(route.path, search))
        return cast(R, read_answer(verb, answer, self._url))

    def resolve(self, ref: str, at: "datetime | None" = None) -> ModelVersion:
        """Return the version that a reference names, or named; loads no verb."""
        question = Question("GET", f"{BASE}/resolve", to_pairs(ref=ref, at=at))
        found: ModelVersion = read_as(_VERSION, self._sender.send(question), self._url)
        return found

    def bytes_of(self, version: ModelVersion) -> "ServedBytes":
        """Return where the model file of a version comes from."""
        from registry_tasks.faces.sdk.http.files import ServedBytes

        return ServedBytes(self._sender, version)

    def download_url(self, version: ModelVersion, expires_s: int) -> str:
        """Return a link to a version's model file. Raises RemoteCannot."""
        asked = to_pairs(ref=version.uuid, link=True, expires_s=expires_s)
        return self._sender.find_link(Question("GET", FILE, asked))

    def register_file(self, request: "RegisterFile") -> "Registration":
        """Send a file and make a version of it."""
        from registry_tasks.faces.sdk.http.files import send_file
        from registry_tasks.registry.catalogue.register_file import find_origin, register_file
        from registry_tasks.registry.registry import Registry

        source = Path(request.path)
        said = request.model_copy(update={"origin": find_origin(Registry(self._settings))})
        path = _route_to(register_file, self._url).path
        answer = send_file(self._sender, path, said, source)
        return cast("Registration", read_answer(register_file, answer, self._url))

    def hold_run(self, request: "LogRun") -> "HeldRun":
        """Begin a run that goes on here. Nobody there ends it if this process dies."""
        from registry_tasks.registry.experiments.held_run import HeldRun
        from registry_tasks.registry.experiments.log_run import begin_run, find_origin
        from registry_tasks.registry.registry import Registry

        settings = self._settings
        origin = find_origin(Registry(settings))
        self.ask(begin_run, request.model_copy(update={"origin": origin}))
        return HeldRun(self._carry, request.run, settings.project or settings.state)

    def close(self) -> None:
        """Close the connections; a later call opens them again."""
        self._sender.close()

    def _carry(self, verb: "Callable[[Registry, Q], R]", request: Q, /) -> R:
        """Ask for a change to a run; files of a folder and very many points are sent in parts."""
        from registry_tasks.entities.logged_run import LogFile, Logged, LogValues
        from registry_tasks.faces.sdk.http.files import send_file
        from registry_tasks.faces.sdk.http.questions import in_parts
        from registry_tasks.registry.experiments.log_file import files_of

        if isinstance(request, LogValues):
            logged: list[Any] = [self.ask(verb, cast(Q, part)) for part in in_parts(request)]
            counts = ("points", "features")
            whole = {name: sum(getattr(part, name) for part in logged) for name in counts}
            return cast(R, logged[0].model_copy(update=whole))
        if not isinstance(request, LogFile):
            return self.ask(verb, request)
        path, names = _route_to(verb, self._url).path, []
        for name, file in tuple(files_of(request)):
            send_file(self._sender, path, request.model_copy(update={"name": name}), file)
            names.append(name)
        return cast(R, Logged(run=request.run, files=tuple(names)))

    def _gather(self, verb: Callable[..., Any], question: Question) -> Iterator[Any]:
        """Give the items of page after page, until there is no more or enough."""
        count = 0
        while True:
            answer = self._sender.send(question)
            items = read_answer(verb, answer, self._url)
            yield from items
            count += len(items)
            query = _next_query(answer)
            if query is None or (question.wanted is not None and count >= question.wanted):
                return
            question = question._replace(query=query)


def _next_query(answer: Answer) -> tuple[tuple[str, str], ...] | None:
    """Return the query of the next page: what its address says besides is known already."""
    link = answer.headers.get("link", "")
    address, _, rest = link.removeprefix("<").partition(">")
    if 'rel="next"' not in rest:
        return None
    return tuple(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def _route_to(verb: Callable[..., Any], url: str) -> Route:
    route = route_of(verb)
    if route is None:
        raise NotOverHttp(verb.__name__.replace("_", " "), url)
    return route


def _check_token(token: str | None) -> str | None:
    if token is not None and not (token.isascii() and token.isprintable() and " " not in token):
        raise InvalidSetting("REGISTRY_TOKEN", "", "a token is printable ASCII without blanks")
    return token
