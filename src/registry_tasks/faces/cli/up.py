"""``registry up``: dashboard, API, Prefect and a worker, until Ctrl-C."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from threading import Event
from typing import Annotated, Final

import typer

from registry_tasks.entities.errors import ExtraMissing, StoreMissing
from registry_tasks.faces.cli.output import print_text
from registry_tasks.faces.cli.session import settings_of
from registry_tasks.settings import Settings

_SERVER: Final = ("fastapi", "jinja2", "markdown_it", "plotly", "prometheus_client", "uvicorn")
_FLOWS: Final = ("prefect", "dvc")
_ENDINGS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Host = Annotated[str, typer.Option(help="Where to listen; beyond this machine only with accounts.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="0 takes one that is free.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes that answer requests.")]
Name = Annotated[
    list[str] | None,
    typer.Option("--name", metavar="HOST[:PORT]", help="A name people reach it by; repeatable."),
]
Https = Annotated[
    bool, typer.Option("--https", help="People reach it by https, through a proxy in front of it.")
]
PlainHttp = Annotated[
    bool, typer.Option("--plain-http", help="Answer a network without TLS: it must be a safe one.")
]
PrefectUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL", envvar="PREFECT_API_URL", help="The API of a server that is there."
    ),
]
PrefectPort = Annotated[
    int, typer.Option(min=0, max=65_535, help="For a Prefect server of its own.")
]
WithPrefect = Annotated[
    bool, typer.Option("--prefect/--no-prefect", help="With Prefect and a worker for the flows.")
]
WithWorker = Annotated[bool, typer.Option("--worker/--no-worker", help="With a worker for flows.")]


def up(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8350,
    workers: Workers = 2,
    name: Name = None,
    https: Https = False,
    plain_http: PlainHttp = False,
    prefect: WithPrefect = True,
    prefect_url: PrefectUrl = None,
    prefect_port: PrefectPort = 4200,
    worker: WithWorker = True,
) -> None:
    """Serve dashboard and API, Prefect and a worker."""
    _need(_SERVER, "`registry up`", "server")
    from registry_tasks.faces.http.serve import check_may_listen
    from registry_tasks.faces.ports import claim
    from registry_tasks.faces.up.plans import Asked, has_flows, make_plans
    from registry_tasks.faces.up.supervisor import keep_up

    settings = settings_of(context)
    if prefect:
        _need(_FLOWS, "Prefect (--no-prefect does without)", "flows")
    _check_store(settings)
    check_may_listen(settings, host, is_safe=https or plain_http)
    asked = Asked(
        host=host,
        port=claim(host, port, "--port"),
        workers=workers,
        names=tuple(name or ()),
        https=https,
        plain_http=plain_http,
        prefect=prefect,
        prefect_url=prefect_url,
        prefect_port=_port_of_prefect(prefect_port) if prefect and prefect_url is None else 0,
        worker=worker,
    )
    if prefect and worker and not has_flows(settings):
        print_text(
            "no worker: there is no checkout with flows/ here, or REGISTRY_PROJECT names none"
        )
    with _until_told() as stop:
        keep_up(make_plans(settings, asked), stop, print_text)
    print_text("ended")


def _port_of_prefect(port: int) -> int:
    from registry_tasks.faces.ports import claim

    return claim("127.0.0.1", port, "--prefect-port")


def _check_store(settings: Settings) -> None:
    """Say now what each answer of the server would say: that the store must be migrated first."""
    from registry_tasks.entities.access import Identity
    from registry_tasks.registry.registry import Registry

    server = Identity(actor="server", rights=())  # whoever calls is asked who they are
    with suppress(StoreMissing), Registry(settings, server) as registry:
        registry.metadata.check()  # a missing one is made by the first change


def _need(packages: tuple[str, ...], purpose: str, extra: str) -> None:
    if not all(find_spec(package) for package in packages):
        raise ExtraMissing(purpose, extra)


@contextmanager
def _until_told() -> Iterator[Event]:
    """Give an event that Ctrl-C or a request to end sets; the second one ends us at once."""
    stop = Event()

    def told(number: int, _: object) -> None:
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()

    before = {number: signal.signal(number, told) for number in _ENDINGS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
