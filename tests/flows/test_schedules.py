"""What is scheduled is due: the Prefect server that `registry up` starts makes the runs."""

from pathlib import Path

import pytest
from support.by_itself import Prefect
from support.patience import until
from support.prefect_server import PrefectServer

pytestmark = pytest.mark.slow


def test_a_schedule_makes_runs(tmp_path: Path) -> None:
    server = PrefectServer(tmp_path, {"PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "true"})
    server.start()
    try:
        prefect = Prefect(server.environment()["PREFECT_API_URL"])
        flow = prefect.ask("flows/", name="mow")
        when = {"schedule": {"cron": "0 4 2 * *", "timezone": "UTC"}, "active": True}
        prefect.ask("deployments/", name="monthly", flow_id=flow["id"], schedules=[when])

        runs = until(prefect.runs)
    finally:
        server.kill()

    assert all(run["auto_scheduled"] for run in runs)
    assert {run["expected_start_time"][8:16] for run in runs} == {"02T04:00"}
