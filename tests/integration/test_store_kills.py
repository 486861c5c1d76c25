"""The short form of ``python -m tests.kill.store``: real kills at every step, and a control that must fail it."""

from newscrawl.store.output import liveness
from tests.kill import failover, postgres, workers
from tests.kill.store import STEPS, is_clean, run


def test_twenty_kills_lose_repeat_and_tear_nothing(tmp_path):
    result = run(20, tmp_path)

    assert is_clean(result), result
    assert set(STEPS) <= result["by_step"].keys()


def test_kills_of_two_crawls_at_once_lose_repeat_and_tear_nothing(tmp_path):
    result = run(10, tmp_path, writers=2)

    assert is_clean(result), result


def test_a_crawl_that_marks_a_story_seen_before_it_writes_it_fails_the_judge(tmp_path):
    result = run(20, tmp_path, control=True)

    assert result["lost"] > 0
    assert not is_clean(result)


def test_no_worker_outlives_a_killed_crawl(tmp_path):
    """``python -m tests.kill.workers --kills 30 --busy 6`` is the long one, and takes the time."""
    result = workers.run(3, tmp_path)

    assert result["processes_there_at_the_kill"] > 0
    assert result["survivors"] == 0


def test_kills_of_three_workers_on_one_database_lose_repeat_and_tear_nothing(tmp_path, postgres_server, monkeypatch):
    monkeypatch.setattr(liveness, "GRACE_S", 0.3)

    result = postgres.run(9, tmp_path, postgres_server, workers=3)

    assert is_clean(result), result
    assert (result["kills"] >= 9, result["lines_left"], result["stuck"]) == (True, 0, 0)


def test_a_failover_to_a_standby_loses_repeats_and_tears_nothing(tmp_path, postgres_server, monkeypatch):
    """``python -m tests.kill.failover --failovers 5 --kills 20`` is the long one."""
    monkeypatch.setattr(liveness, "GRACE_S", 0.3)

    result = failover.run(1, tmp_path, workers=2)

    assert is_clean(result), result
    assert (result["failovers"], result["lines_left"], result["stuck"]) == (1, 0, 0)
