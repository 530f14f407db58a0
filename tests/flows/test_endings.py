"""How a flow's run ends in Prefect's words; by hand the answer is the same as ever."""

from pathlib import Path

import pytest

from registry_tasks.entities.approval import Awaiting
from registry_tasks.entities.errors import ProgramFailed, RetrainingUnderWay, RunSuperseded

pytestmark = pytest.mark.slow  # loads Prefect
WAITS = Awaiting(ref="m@1", stage="production", approval="a-request", people=2)


def test_what_people_decide_is_told_with_the_place_where_they_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from registry_tasks.tasks.answers import told_waiting

    monkeypatch.chdir(tmp_path)
    assert told_waiting(WAITS).endswith("of production: registry approval a-request")
    monkeypatch.setenv("REGISTRY_DASHBOARD_URL", "https://registry.example.org/")
    assert told_waiting(WAITS) == (
        "m@1 waits for 2 people to approve of production: "
        "https://registry.example.org/approvals/a-request"
    )


def test_without_prefect_around_it_a_flow_s_function_answers_and_raises_as_it_is() -> None:
    from registry_tasks.tasks.endings import shown_ending

    assert shown_ending(lambda: WAITS, None)() is WAITS
    assert shown_ending(lambda: 3, str)() == 3

    def failing() -> None:
        raise ProgramFailed("dvc", "pull", "no space")

    with pytest.raises(ProgramFailed, match="no space"):
        shown_ending(failing, None)()


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (RunSuperseded("run 'a'", "run 'b'"), "Superseded"),
        (RetrainingUnderWay("m", "run 'b'"), "Overlapping"),
    ],
)
def test_ending_early_on_purpose_is_no_failure(error: Exception, name: str) -> None:
    from registry_tasks.tasks.endings import shown_ending

    def early() -> None:
        raise error

    state = shown_ending(early, None)()

    assert (state.type, state.name, state.message) == ("COMPLETED", name, str(error))
