"""The part of the benches that compares and writes; what they measure is not judged here."""

from datetime import UTC, datetime
from pathlib import Path

import figures
import pytest
import run_benches
from figures import Figure, hand_on, handed_on, median_of, p95_of
from hypothesis import given
from hypothesis import strategies as st
from measurements import (
    BEGIN,
    END,
    Compared,
    Damaged,
    Machine,
    Measurements,
    Run,
    amount,
    compare,
    decoded,
    encoded,
    rounded,
    table,
    told_at_the_end,
    verdict,
    with_table,
)
from msgspec import structs

AT = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
HERE = Machine("Some CPU", 2, 8.2, "Debian 12", 0.3)
VERSIONS = {"Stalin Study": "0.1.0", "commit": "515c2fe", "Python": "3.11.7"}
START = Figure("start", 300.0, goal=350, runs=9, spread=10.0)
FRAMES = Figure("frames", 60.0, "/s", goal=60, is_least=True)
DOCS = Path(__file__).resolve().parents[2] / "docs"


def run(*of, machine=HERE):
    return Run(AT, machine, VERSIONS, of)


def compared(now, before):
    return Compared(structs.replace(START, **now), structs.replace(START, **before))


def rows(made):
    """Cells of the table by their figure's name."""
    lines = [line for line in made.splitlines() if line.startswith("| ")]
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {name: more for name, *more in cells}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Figures are kept here; the page is the one given."""
    monkeypatch.setattr(run_benches, "KEPT", tmp_path / "measurements.json")
    monkeypatch.setattr(run_benches, "PAGE", tmp_path / "measurements.md")
    monkeypatch.setattr(run_benches, "these_versions", lambda: VERSIONS)
    run_benches.PAGE.write_text("# Measurements\n\nProse.\n")
    return run_benches.KEPT


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (300, "met"),
        (345, "met"),  # 15 % and no more
        (346, "met, **slower, +15 %**"),
        (393, "**missed**, **slower, +31 %**"),
        (250, "met, faster, -17 %"),
    ],
)
def test_a_figure_that_is_much_worse_than_before_is_a_regression(now, said):
    assert verdict(compared({"value": now}, {})) == said


def test_what_its_runs_differ_by_is_no_regression():
    assert not compared({"value": 400, "spread": 120.0}, {}).is_regression
    assert not compared({"value": 400}, {"spread": 120.0}).is_regression
    assert compared({"value": 400, "spread": 90.0}, {"spread": 90.0}).is_regression


def test_fewer_frames_are_worse():
    fewer = Compared(structs.replace(FRAMES, value=40), FRAMES)
    assert verdict(fewer) == "**missed**, **worse, -33 %**"
    assert verdict(Compared(structs.replace(FRAMES, value=80), FRAMES)) == "met, better, +33 %"


def test_nothing_is_judged_by_another_machine():
    other = structs.replace(HERE, cpu="Another CPU")
    slow = structs.replace(START, value=900.0)
    both = Measurements(run(slow), run(START, machine=other))
    assert [one.is_regression for one in compare(both)] == [False]
    assert "on another machine: not judged by it" in table(both)


def test_a_load_makes_no_other_machine():
    assert HERE.is_like(structs.replace(HERE, load=9.0))


def test_more_than_nothing_is_worse_without_a_share():
    now, before = (Figure("holes", value, "") for value in (2.0, 0.0))
    assert Compared(now, before).change is None
    assert verdict(Compared(now, before)) == "**worse, +2**"


def test_new_and_vanished_figures_stand_in_the_table():
    new, old = Figure("new one", 1.5), Figure("old one", 2.5, goal=2)
    cells = rows(table(Measurements(run(START, new), run(START, old))))
    assert cells["start"] == ["300 ms", "300 ms", "+0 %", "≤ 350 ms", "met"]
    assert cells["new one"] == ["1.50 ms", "", "", "", "new"]
    assert cells["old one"] == ["", "2.50 ms", "", "≤ 2 ms", "not measured"]
    assert list(cells)[-1] == "old one"


def test_of_a_first_run_not_all_is_called_new():
    cells = rows(table(Measurements(run(START, FRAMES))))
    assert cells["start"][-1] == "met"
    assert cells["frames"] == ["60 /s", "", "", "≥ 60 /s", "met"]


def test_the_table_says_where_and_with_what_it_was_measured():
    told = table(Measurements(run(START), run(START)))
    assert "2026-11-25 14:00 UTC" in told
    assert "Stalin Study 0.1.0, commit 515c2fe, Python 3.11.7" in told
    assert "Debian 12, Some CPU, 2 cores, 8.2 GB; load 0.3" in told
    assert "Before: 2026-11-25 14:00 UTC, commit 515c2fe." in told


def test_the_end_names_regressions_and_missed_goals():
    slow = structs.replace(START, value=393.0)
    assert told_at_the_end(Measurements(run(slow, FRAMES), run(START, FRAMES))) == [
        "Worse than before:",
        "  start: slower, +31 %",
        "Goals missed:",
        "  start: 393 ms, goal ≤ 350 ms",
    ]
    assert told_at_the_end(Measurements(run(START), run(START))) == [
        "Nothing is much worse than before.",
        "Every goal is met.",
    ]
    assert told_at_the_end(Measurements(run(START)))[0].startswith("There are no figures")


@pytest.mark.parametrize(
    ("number", "said"),
    [(0.2165, "0.22 ms"), (33.26, "33.3 ms"), (1262.3, "1,262 ms"), (1, "1 ms"), (None, "")],
)
def test_amounts_have_three_digits(number, said):
    assert amount(number, "ms") == said


def test_what_is_kept_is_read_again_and_has_a_line_for_each_figure():
    both = rounded(Measurements(run(START, FRAMES), run(START)))
    assert decoded(encoded(both)) == both
    lines = encoded(both).decode().splitlines()
    assert sum(line.startswith('{"name":') for line in lines) == 3
    alone = Measurements(run(START))
    assert decoded(encoded(alone)) == alone


@given(st.binary(max_size=60))
def test_whatever_the_kept_file_holds_it_is_read_or_damaged(content):
    with pytest.raises(Damaged, match="cannot be read"):
        decoded(content)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"now": {}}', encoded(Measurements(run(START)))[:-9], b"\xff\xfe"]
)
def test_damaged_figures_are_told_of_and_written_anew(kept, capsys, content):
    kept.write_bytes(content)
    run_benches.keep((START,), HERE)
    assert "The figures kept so far cannot be read" in capsys.readouterr().err
    assert decoded(kept.read_bytes()).before is None
    assert decoded(kept.read_bytes()).now.figures == (START,)


def test_a_run_becomes_the_one_before(kept):
    run_benches.keep((START,), HERE)
    run_benches.keep((structs.replace(START, value=400.0),), HERE)
    run_benches.keep((structs.replace(START, value=410.0),), HERE)
    both = decoded(kept.read_bytes())
    assert [one.figures[0].value for one in (both.now, both.before)] == [410.0, 400.0]
    page = run_benches.PAGE.read_text()
    assert page.count(BEGIN) == 1
    assert "| start | 410 ms | 400 ms | +2 % | ≤ 350 ms | **missed** |" in page
    assert page.endswith(f"{END}\n\nProse.\n")


def test_a_bench_that_fails_leaves_the_kept_figures_alone(kept, monkeypatch, capsys):
    run_benches.keep((START,), HERE)
    before = kept.read_bytes(), run_benches.PAGE.read_text()
    codes = iter([0, 1, *[0] * len(run_benches.FIGURES)])
    monkeypatch.setattr(run_benches.subprocess, "call", lambda *_, **__: next(codes))
    assert run_benches.main([]) == 1
    assert (kept.read_bytes(), run_benches.PAGE.read_text()) == before
    assert "No figures were kept: bench_flip failed." in capsys.readouterr().err


def test_a_named_bench_is_run_alone_and_hands_nothing_on(kept, monkeypatch):
    ran = []
    monkeypatch.delenv(figures.ASKED_FOR, raising=False)
    monkeypatch.setattr(run_benches.subprocess, "call", lambda *of, **more: ran.append((of, more)))
    assert run_benches.main(["bench_deck"]) == 0
    [((command,), more)] = ran
    assert command[1:] == [str(run_benches.FOLDER / "bench_deck.py")]
    assert figures.ASKED_FOR not in more["env"]
    assert not kept.exists()


def test_each_bench_whose_figures_are_kept_is_there():
    assert all((run_benches.FOLDER / f"{name}.py").exists() for name in run_benches.FIGURES)


def test_the_table_takes_the_place_of_the_old_one_and_nothing_else():
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\nProse.\n"
    assert with_table(page, "new") == f"# Title\n\n{BEGIN}\nnew\n{END}\n\nProse.\n"
    assert with_table("# Title\n\nProse.\n", "new") == f"# Title\n\n{BEGIN}\nnew\n{END}\n\nProse.\n"
    assert with_table(f"# Title\n\n{BEGIN}\nno end\n", "new").startswith(
        f"# Title\n\n{BEGIN}\nnew\n"
    )


def test_figures_are_handed_on_only_when_they_are_asked_for(tmp_path, monkeypatch):
    file = tmp_path / "figures"
    monkeypatch.delenv(figures.ASKED_FOR, raising=False)
    hand_on(START)
    assert handed_on(file) == ()
    monkeypatch.setenv(figures.ASKED_FOR, str(file))
    hand_on(START, FRAMES)
    hand_on(START)
    assert handed_on(file) == (START, FRAMES, START)


def test_a_figure_of_runs_is_their_median_or_what_most_keep_to():
    taken = [float(number) for number in range(1, 101)]
    assert median_of("some", taken, goal=50) == Figure("some", 50.5, goal=50, runs=100, spread=50.5)
    assert p95_of("most", taken).value == 96
    assert median_of("one", [7.0]).spread == 0


def test_the_page_has_the_table_of_the_figures_that_are_kept():
    page = (DOCS / "measurements.md").read_text("utf-8")
    kept = decoded((DOCS / "measurements.json").read_bytes())
    assert with_table(page, table(kept)) == page
