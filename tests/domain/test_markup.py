from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.markup import Run, plain, utf16_offset


def test_bold_and_italic_leave_their_text_and_their_place():
    shown = plain("From **1923** the *Troika* ruled.")
    assert shown.text == "From 1923 the Troika ruled."
    assert shown.runs == (Run(5, 9, bold=True), Run(14, 20, bold=False))


def test_a_lone_star_is_text():
    assert plain("5 * 3 and **open").text == "5 * 3 and **open"


@given(st.text())
def test_runs_stay_inside_the_text_and_ascend(markdown):
    shown = plain(markdown)
    edges = [edge for run in shown.runs for edge in (run.start, run.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(shown.text) for edge in edges)


@given(st.text(), st.integers(0, 30))
def test_qt_offsets_count_utf16_units(text, offset):
    offset = min(offset, len(text))
    assert (
        utf16_offset(text, offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    )
