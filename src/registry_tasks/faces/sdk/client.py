"""The client: one method a verb, with the words of the command line."""

import os

from registry_tasks.faces.sdk.annotating import Annotating
from registry_tasks.faces.sdk.comparing import Comparing
from registry_tasks.faces.sdk.data import Data
from registry_tasks.faces.sdk.deploying import Deploying
from registry_tasks.faces.sdk.experimenting import Experimenting
from registry_tasks.faces.sdk.exporting import Exporting
from registry_tasks.faces.sdk.looking import Looking
from registry_tasks.faces.sdk.moving import Moving
from registry_tasks.faces.sdk.registering import Registering
from registry_tasks.faces.sdk.searching import Searching
from registry_tasks.faces.sdk.serving import Serving
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
    Deploying,
    Data,
    Tracing,
    Exporting,
):
    """One registry. ``resolve``, ``download`` and ``load`` may be called from many threads.

    However often a method that writes is called with one ``key``, it has one effect and one answer.
    """


def connect(store: "str | os.PathLike[str] | None" = None) -> "Client":
    """Open a registry; nothing is read before the first call.

    ``store`` is a state folder or the URL of a metadata store; by default the environment or the
    nearest checkout says where it is.
    """
    return Client(Settings.load(None if store is None else os.fspath(store)))
