"""The simulator of tests/bench at a small size: what docs/exam-plan.md shows at full size."""

from __future__ import annotations

import importlib
import statistics
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"
SEEDS = range(8)
COUNT = 90


@pytest.fixture(scope="module")
def simulator():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        yield importlib.import_module("simulator")


@pytest.fixture(scope="module")
def study(simulator):
    """Runs a few pupils on a third of the questions."""

    def run(policy, habit, ability=None, **options):
        subjects = simulator.mixed_questions(COUNT)
        choose = simulator.POLICIES[policy]
        pupil = ability or simulator.TYPICAL
        return [study(choose, subjects, pupil, habit, seed, **options) for seed in SEEDS]

    study = simulator.study
    return run


def recall(runs):
    return statistics.mean(run.recall for run in runs)


def reviews(runs):
    return statistics.mean(run.reviews for run in runs)


def habits(simulator):
    habit = simulator.Habit
    return {
        "steady": habit("steady", 40, 5),
        "late starter": habit("late starter", 10, 4),
        "crammer": habit("crammer", 2, 20),
        "sporadic": habit("sporadic", 24, 5, 0.45, 2.0),
    }


@pytest.mark.parametrize("name", ["steady", "late starter", "crammer", "sporadic"])
def test_the_plan_does_at_least_as_well_as_any_other_way(simulator, study, name):
    habit = habits(simulator)[name]
    found = {policy: recall(study(policy, habit)) for policy in simulator.POLICIES}
    ours = found.pop("exam plan")
    assert ours >= max(found.values()) - 0.01, found


def test_the_plan_saves_the_late_starter(simulator, study):
    habit = habits(simulator)["late starter"]
    ours = recall(study("exam plan", habit))
    assert ours >= recall(study("FSRS, new first", habit)) + 0.01
    for other in ("Leitner", "SM-2", "FSRS, reviews first", "FSRS, last pass"):
        assert ours >= recall(study(other, habit)) + 0.1, other


def test_with_time_to_spare_the_plan_asks_little_more(simulator, study):
    habit = habits(simulator)["steady"]
    ours = study("exam plan", habit)
    assert reviews(ours) <= 1.3 * reviews(study("FSRS, reviews first", habit))
    assert all(run.share_asked(2, COUNT) == 1.0 for run in ours)


@pytest.mark.parametrize("name", ["steady", "late starter", "crammer"])
def test_the_figure_comes_true_for_who_follows_the_plan(simulator, study, name):
    habit = habits(simulator)[name]
    days = (0, habit.days // 2)
    runs = study("exam plan", habit, shown_on=days)
    for day in days:
        assert statistics.mean(run.shown[day] for run in runs) == pytest.approx(
            recall(runs), abs=0.05
        )
    for run in runs:
        assert run.eve == pytest.approx(run.recall, abs=0.001)
        assert run.shown[habit.days // 2] == pytest.approx(run.recall, abs=0.08)


def test_the_figure_flatters_whose_memories_are_weaker(simulator, study):
    weaker = simulator.Ability("weaker", lasting=0.5)
    stronger = simulator.Ability("stronger", lasting=2.0)
    habit = habits(simulator)["late starter"]
    assert all(run.eve > run.recall for run in study("exam plan", habit, weaker))
    assert all(run.eve < run.recall for run in study("exam plan", habit, stronger))


def test_no_plan_passes_the_bound(simulator, study):
    habit = simulator.Habit("crammer", 3, 15)
    most = simulator.bound(simulator.mixed_questions(COUNT), simulator.TYPICAL, habit)
    ours = recall(study("exam plan", habit))
    assert ours <= most + 0.01
    assert most <= ours + 0.08


def test_who_skips_days_is_told_too_much_until_it_shows(simulator, study):
    habit = habits(simulator)["sporadic"]
    late = 2 * habit.days // 3
    kept = study("exam plan", habit, shown_on=(late,))
    as_before = study("exam plan", habit, shown_on=(late,), goes_on=True)
    for told, known in zip(kept, as_before, strict=True):
        assert told.recall == known.recall
        assert known.shown[late] < told.shown[late]
