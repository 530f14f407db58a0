"""The client: one method a verb, with the words of the command line."""

import os
from dataclasses import replace

from registry_tasks.faces.sdk.access import Access
from registry_tasks.faces.sdk.annotating import Annotating
from registry_tasks.faces.sdk.approving import Approving
from registry_tasks.faces.sdk.comparing import Comparing
from registry_tasks.faces.sdk.data import Data
from registry_tasks.faces.sdk.deploying import Deploying
from registry_tasks.faces.sdk.experimenting import Experimenting
from registry_tasks.faces.sdk.exporting import Exporting
from registry_tasks.faces.sdk.judging import Judging
from registry_tasks.faces.sdk.looking import Looking
from registry_tasks.faces.sdk.moving import Moving
from registry_tasks.faces.sdk.registering import Registering
from registry_tasks.faces.sdk.searching import Searching
from registry_tasks.faces.sdk.serving import Serving
from registry_tasks.faces.sdk.subscribing import Subscribing
from registry_tasks.faces.sdk.sweeping import Sweeping
from registry_tasks.faces.sdk.tracing import Tracing
from registry_tasks.settings import Settings


class Client(
    Serving,
    Looking,
    Searching,
    Comparing,
    Experimenting,
    Sweeping,
    Registering,
    Annotating,
    Moving,
    Approving,
    Judging,
    Deploying,
    Data,
    Tracing,
    Exporting,
    Access,
    Subscribing,
):
    """One registry. ``resolve``, ``download`` and ``load`` may be called from many threads.

    However often a method that writes is called with one ``key``, it has one effect and one answer.
    """


def connect(store: "str | os.PathLike[str] | None" = None, *, token: str | None = None) -> "Client":
    """Open a registry; nothing is read before the first call.

    ``store`` is a state folder, the URL of a metadata store or the address of a server
    (``http://host:port``); by default the environment or the nearest checkout says where it is.
    ``token`` is the secret of a token where the registry has accounts, by default REGISTRY_TOKEN.
    """
    settings = Settings.load(None if store is None else os.fspath(store))
    return Client(settings if token is None else replace(settings, token=token))
