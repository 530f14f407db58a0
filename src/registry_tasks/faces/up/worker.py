"""Become a Prefect worker for the checkout's flows, which `registry up` started in its root.

On a server of `registry up` what deployments/ says is deployed first, as the files have it now; what
is deployed on a server of one's own is nobody's to change here. Before any run is taken, what a
worker that was killed left is tidied up.
"""

import os
import sys
from typing import Final

from registry_tasks.entities.errors import RegistryError
from registry_tasks.faces.cli.flows import FOLDER, run_flow
from registry_tasks.faces.deploying.definitions import read_definitions
from registry_tasks.faces.deploying.door import deploy_checkout
from registry_tasks.faces.prefect_server import send_what_is_left
from registry_tasks.settings import Settings

_TIDY: Final = "tidy"


def work(*, deploys: bool) -> None:
    """Deploy if asked to and there is something, tidy up, then be the worker; never comes back."""
    settings = Settings.load()
    assert settings.project is not None  # `registry up` starts this where there is a checkout
    pool = read_definitions(settings.project).pool
    if deploys:
        for change in deploy_checkout(settings):
            print(change.what, change.outcome, *change.fields, flush=True)
    if (settings.project / FOLDER / f"{_TIDY}.py").is_file():
        _tidy(settings, pool.name)
    kind = ("--type", pool.type, "--install-policy", "never")
    start = ("-m", "prefect", "--no-prompt", "worker", "start", "--pool", pool.name, *kind)
    os.execv(sys.executable, (sys.executable, *start))


def _tidy(settings: Settings, pool: str) -> None:
    """What cannot be tidied up now is left to the schedule: it must not keep the worker away."""
    try:
        run_flow(settings, _TIDY, pool=pool)
        send_what_is_left()
    except RegistryError as error:
        print(f"not tidied up: {error}", flush=True)


if __name__ == "__main__":
    work(deploys="--deploy" in sys.argv[1:])
