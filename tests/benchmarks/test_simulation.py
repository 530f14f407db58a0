"""The simulation agrees with what queueing theory knows, and keeps its own rules."""

import pytest
from simulation import TIMEOUT_S, Times, herd, poisson, simulate_arrivals, simulate_loop

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("load", [0.3, 0.6, 0.8])
def test_mean_wait_of_a_single_server_is_that_of_pollaczek_and_khinchine(load: float) -> None:
    held = 0.01
    met = simulate_arrivals([held], poisson(load / held, 4000), 0.0)
    expected = load * held / (2 * (1 - load))
    assert sum(met.waited) / len(met.waited) == pytest.approx(expected, rel=0.05)


def test_a_herd_waits_for_all_before_it() -> None:
    met = simulate_arrivals([0.002], herd(1000, 0.001), 0.001)
    assert met.waited[-1] == pytest.approx(999 * 0.003, rel=0.01)
    assert met.refused == 0


def test_whoever_waits_too_long_is_not_let_in() -> None:
    met = simulate_arrivals([0.1], herd(200, 0.001), 0.0)
    assert len(met.waited) + met.refused == 200
    assert met.refused == pytest.approx(100, abs=2)
    assert met.waited[-1] < TIMEOUT_S


def test_round_trips_count_while_the_lock_is_held() -> None:
    slow = simulate_arrivals([0.001], herd(100, 0.001), 0.004)
    assert slow.waited[-1] == pytest.approx(99 * 0.005, rel=0.01)


def test_writers_beyond_the_cores_do_not_make_it_faster() -> None:
    alone = [Times(outside=0.004, waited=0, held=0.001)]
    four = simulate_loop(alone, 4, 30, polling=False, cores=2)
    sixteen = simulate_loop(alone, 16, 30, polling=False, cores=2)
    assert four.per_second == pytest.approx(2 / 0.005, rel=0.1)
    assert sixteen.per_second == pytest.approx(four.per_second, rel=0.1)


def test_asking_again_is_less_fair_than_a_queue() -> None:
    alone = [Times(0.0007, 0, 0.0008), Times(0.0013, 0, 0.0016)]
    queue, polls = (
        simulate_loop(alone, 16, 30, polling=polling, cores=None) for polling in (False, True)
    )
    assert polls.waited[-1] > 5 * queue.waited[-1]
    assert polls.at(0.5) < queue.at(0.5)


def test_the_same_seed_gives_the_same_run() -> None:
    alone = [Times(0.001, 0, 0.001), Times(0.003, 0, 0.002)]
    runs = [simulate_loop(alone, 8, 5, polling=True, cores=2) for _ in range(2)]
    assert runs[0] == runs[1]
