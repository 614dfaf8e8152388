"""Made-up pupils revise until the exam, by the plan and by other ways: prints tables in Markdown.

python tests/bench/simulator.py                     all tables, 20 pupils for each figure
python tests/bench/simulator.py --seeds 5 --only late    fewer pupils, scenarios named so only
python tests/bench/simulator.py --table calibration      one of recall, random, calibration
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from simulator_bound import bound
from simulator_policies import EXAM_HOUR, POLICIES, UTC, ExamPlan, Policy, moment
from simulator_pupils import Ability, Habit, Pupil, equal_questions, mixed_questions
from simulator_scenarios import (
    CALIBRATED,
    CALIBRATED_HABITS,
    EQUAL_HABITS,
    HABITS,
    STRONG,
    TWO_RATINGS,
    TYPICAL,
    WEAK,
    random_scenarios,
)

from stalin_study.domain.exam_forecast import expected_recall, forecast
from stalin_study.domain.exam_subjects import ExamSubject

PLAN = "exam plan"
OURS = POLICIES[PLAN]
BOUND_DAYS = 21
TABLES = ("recall", "random", "calibration")
RANDOM_SCENARIOS = 100


@dataclass(slots=True)
class Outcome:
    """What came of one pupil: recall on the day of the exam, expected for all questions.

    `shown` are the figures that the app showed on the way, by the study day.
    """

    recall: float = 0.0
    reviews: int = 0
    asked: dict[int, int] = field(default_factory=dict)
    shown: dict[int, float] = field(default_factory=dict)
    eve: float = 0.0

    def share_asked(self, times: int, total: int) -> float:
        """What share of the questions was asked so many times or more."""
        return sum(count >= times for count in self.asked.values()) / total


def study(
    choose: Callable[[Sequence[ExamSubject], float, int], Policy],
    subjects: Sequence[ExamSubject],
    ability: Ability,
    habit: Habit,
    seed: int,
    shown_on: Iterable[int] = (),
    goes_on: bool = False,
) -> Outcome:
    """One pupil from the first day to the exam.

    The plan shows its figure before each day in `shown_on`: if every day is kept from then on,
    or if the pupil goes on keeping as many as before.
    """
    pupil = Pupil(ability, subjects, seed)
    policy = choose(pupil.subjects, habit.minutes, habit.days)
    outcome = Outcome()
    over = 0.0
    for day in range(habit.days):
        if day in shown_on and isinstance(policy, ExamPlan):
            share = policy.kept(day) if goes_on else 1.0
            outcome.shown[day] = figure(policy, day + 16 / 24, habit.minutes * share)
        hour = pupil.hour(habit)
        if hour is not None:
            over = _study_day(pupil, policy, habit.minutes * 60, over, day + hour / 24, outcome)
    outcome.recall = pupil.recall_at(habit.days + EXAM_HOUR)
    if isinstance(policy, ExamPlan):
        memories = policy.memories
        night = moment(habit.days - 1 / 24)
        outcome.eve = expected_recall(memories.subjects, memories.states, policy.exam_at, night).now
    return outcome


def figure(policy: ExamPlan, day: float, minutes: float) -> float:
    """The expected recall if the plan is followed."""
    memories = policy.memories
    shown = forecast(
        memories.subjects, memories.states, moment(day), policy.exam_at, minutes, zone=UTC
    )
    return shown.if_followed or 0.0


def _study_day(
    pupil: Pupil, policy: Policy, seconds: float, over: float, day: float, outcome: Outcome
) -> float:
    """Until the time is over or nothing is left; the plan is asked again when it was too short.

    The last answer may run over: by so many seconds, which are missing on the next day.
    """
    spent = over
    asked = -1
    while spent < seconds and asked != outcome.reviews:
        asked = outcome.reviews
        for place in policy.order(day, spent):
            answer = pupil.answer(place, day)
            policy.answered(place, answer.rating, day, pupil.repeat_rating(place))
            outcome.reviews += 1
            outcome.asked[place] = outcome.asked.get(place, 0) + 1
            spent += answer.seconds
            if spent >= seconds:
                break
        if not isinstance(policy, ExamPlan):
            break
    return max(0.0, spent - seconds)


def recall_table(
    ability: Ability, habits: Iterable[Habit], subjects: Sequence[ExamSubject], seeds: int
) -> None:
    """Recall and number of reviews of every policy, and how the plan compares with the others."""
    others = [name for name in POLICIES if name != PLAN]
    heads = [
        *("scenario", *others, PLAN, "plan - best other", "bound"),
        *("reviews / FSRS, reviews first", "met", "asked again"),
    ]
    _row(heads)
    _row(["---"] * len(heads))
    for habit in habits:
        runs = {
            name: [study(choose, subjects, ability, habit, seed) for seed in range(seeds)]
            for name, choose in POLICIES.items()
        }
        best = max(others, key=lambda name: _recall(runs[name]))
        gains = [
            ours.recall - other.recall for ours, other in zip(runs[PLAN], runs[best], strict=True)
        ]
        times = _reviews(runs[PLAN]) / _reviews(runs["FSRS, reviews first"])
        has_bound = habit.keeps == 1 and habit.days <= BOUND_DAYS
        _row(
            [
                habit.name,
                *(f"{_recall(runs[name]):.3f} ({_reviews(runs[name]):.0f})" for name in runs),
                f"{_difference(gains)} ({best})",
                f"{bound(subjects, ability, habit):.3f}" if has_bound else "",
                f"{times:.2f}",
                *(f"{_asked(runs[PLAN], times, len(subjects)):.0%}" for times in (1, 2)),
            ]
        )


def random_table(count: int, seeds: int, draw: int) -> None:
    """How the plan compares with the best other in scenarios drawn at random."""
    found: list[tuple[float, float, float, str]] = []
    for scenario in random_scenarios(count, draw):
        runs = {
            name: [
                study(choose, scenario.subjects, scenario.ability, scenario.habit, seed)
                for seed in range(seeds)
            ]
            for name, choose in POLICIES.items()
        }
        best = max(
            (name for name in POLICIES if name != PLAN), key=lambda name: _recall(runs[name])
        )
        gains = [
            ours.recall - other.recall for ours, other in zip(runs[PLAN], runs[best], strict=True)
        ]
        noise = statistics.stdev(gains) / len(gains) ** 0.5
        found.append((_recall(runs[best]), statistics.mean(gains), noise, best))
    _row(["recall of the best other", "scenarios", "plan - best other", "worst", "below noise"])
    _row(["---"] * 5)
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.0)):
        rows = [row for row in found if low <= row[0] < high]
        if rows:
            worst = min(rows, key=lambda row: row[1])
            below = sum(gain < -2 * noise - 0.001 for _, gain, noise, _ in rows)
            _row(
                [
                    f"{low:.2f} to {high:.2f}",
                    str(len(rows)),
                    f"{100 * statistics.mean(row[1] for row in rows):+.1f}",
                    f"{100 * worst[1]:+.1f} ± {100 * worst[2]:.1f} ({worst[3]})",
                    str(below),
                ]
            )


def calibration_table(
    abilities: Iterable[Ability],
    habits: Iterable[Habit],
    subjects: Sequence[ExamSubject],
    seeds: int,
) -> None:
    """Shown figure less what is then recalled, in points: mean, and the largest of one pupil."""
    _row(
        ["pupil", "scenario", "recall", "first day", "a third on", "two thirds on", "night before"]
    )
    _row(["---"] * 7)
    for ability in abilities:
        for habit in habits:
            _calibration_row(ability, habit, subjects, seeds)
            if habit.keeps < 1:
                _calibration_row(ability, habit, subjects, seeds, goes_on=True)


def _calibration_row(
    ability: Ability,
    habit: Habit,
    subjects: Sequence[ExamSubject],
    seeds: int,
    *,
    goes_on: bool = False,
) -> None:
    days = (0, habit.days // 3, 2 * habit.days // 3)
    runs = [study(OURS, subjects, ability, habit, seed, days, goes_on) for seed in range(seeds)]
    columns = [[run.shown[day] - run.recall for run in runs] for day in days]
    columns.append([run.eve - run.recall for run in runs])
    name = "the same, if they go on so" if goes_on else habit.name
    _row([ability.name, name, f"{_recall(runs):.2f}", *map(_error, columns)])


def _error(errors: Sequence[float]) -> str:
    mean = 100 * statistics.mean(errors)
    return f"{mean:+.1f} (at most {100 * max(map(abs, errors)):.1f})"


def _difference(gains: Sequence[float]) -> str:
    noise = statistics.stdev(gains) / len(gains) ** 0.5 if len(gains) > 1 else 0.0
    return f"{100 * statistics.mean(gains):+.1f} ± {100 * noise:.1f}"


def _recall(runs: Sequence[Outcome]) -> float:
    return statistics.mean(run.recall for run in runs)


def _reviews(runs: Sequence[Outcome]) -> float:
    return statistics.mean(run.reviews for run in runs)


def _asked(runs: Sequence[Outcome], times: int, total: int) -> float:
    return statistics.mean(run.share_asked(times, total) for run in runs)


def _row(cells: Iterable[str]) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def _named(habits: Sequence[Habit], word: str) -> list[Habit]:
    return [habit for habit in habits if word in habit.name]


def print_tables(seeds: int, only: str, draw: int, tables: Mapping[str, bool]) -> None:
    """Print the tables that are asked for, of the scenarios whose names hold a word."""
    mixed = mixed_questions()
    if tables["recall"]:
        for ability in (TYPICAL, WEAK, STRONG):
            print(f"\nPupil: {ability.name}, {len(mixed)} questions of all kinds\n")
            recall_table(ability, _named(HABITS, only), mixed, seeds)
        equal = equal_questions()
        print(f"\nTwo ratings, {len(equal)} questions of 8 s each\n")
        recall_table(TWO_RATINGS, _named(EQUAL_HABITS, only), equal, seeds)
    if tables["random"]:
        print(f"\n{RANDOM_SCENARIOS} scenarios drawn at random\n")
        random_table(RANDOM_SCENARIOS, max(2, seeds // 3), draw)
    if tables["calibration"]:
        print("\nThe shown figure less what is recalled, in points\n")
        calibration_table(CALIBRATED, _named(CALIBRATED_HABITS, only), mixed, max(2, seeds // 2))


def main() -> None:
    """Read the options and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seeds", type=int, default=20, help="pupils for each figure")
    parser.add_argument("--only", default="", help="a word of the scenarios' names, as: late")
    parser.add_argument("--draw", type=int, default=7, help="seed of the random scenarios")
    parser.add_argument("--table", choices=TABLES, help="one table only")
    given = parser.parse_args()
    before = time.perf_counter()
    tables = {name: given.table in (None, name) for name in TABLES}
    print_tables(given.seeds, given.only, given.draw, tables)
    print(f"\n{time.perf_counter() - before:.0f} s")


if __name__ == "__main__":
    main()
