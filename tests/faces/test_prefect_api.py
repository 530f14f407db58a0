"""What is asked of a Prefect server that is busy: a small one plays it, as a real one is not so on
request; tests/flows ask a real one."""

from uuid import UUID

import pytest
from support.small_prefect import small_prefect

from registry_tasks.entities.errors import PrefectFailed
from registry_tasks.faces.prefect_api import PrefectApi

DEPLOYMENT = "reproduce/reproduce"


def test_a_busy_server_is_asked_again_for_the_same_run() -> None:
    with small_prefect() as prefect:
        prefect.busy = 3
        started = PrefectApi(prefect.url).start(DEPLOYMENT, {"ref": "mower@1"}, key=None)

        assert list(map(UUID, prefect.runs)) == [started.id]
        assert len(prefect.keys) == 4
        assert len({*prefect.keys} - {None}) == 1


def test_a_server_that_stays_busy_is_told() -> None:
    with small_prefect() as prefect:
        prefect.busy = 1000
        with pytest.raises(PrefectFailed, match="it answers 503"):
            PrefectApi(prefect.url, patience_s=0.3).start(DEPLOYMENT, {}, key="one")
        assert not prefect.runs
