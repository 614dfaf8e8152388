from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.policy import PlaceUnusable, Policy, expanded, gone_by, policy_of

GOOD = {
    "data_folder": "/srv/{user}",
    "theme": "cream",
    "font": "atkinson",
    "text_percent": 150,
    "exam_date": date(2027, 5, 20),
    "minutes_a_day": 15,
}
EVERY_FIELD = Policy.__struct_fields__
NAMES = st.text("abcXYZ äЖ", min_size=1, max_size=8)
PLAIN = st.text(st.characters(exclude_characters="~{}%", exclude_categories=("Cs", "Cc")))
ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


def test_every_key_is_taken():
    policy, wrong = policy_of(GOOD)
    assert (policy, wrong) == (Policy(**GOOD), ())
    assert set(GOOD) == set(EVERY_FIELD)


def test_a_date_may_be_written_as_text():
    assert policy_of({"exam_date": "2027-05-20"})[0].exam_date == date(2027, 5, 20)


def test_the_choices_are_what_is_set_but_for_the_folder():
    assert policy_of(GOOD)[0].choices == {k: v for k, v in GOOD.items() if k != "data_folder"}
    assert Policy().choices == {}


@pytest.mark.parametrize(
    ("name", "bad", "expected"),
    [
        ("data_folder", 7, "a folder in quotes"),
        ("theme", "pink", "system, light, dark, cream or contrast"),
        ("theme", 1, "system, light, dark, cream or contrast"),
        ("font", "Arial", "lexend, atkinson or opendyslexic"),
        ("text_percent", 110, "100, 125, 150, 175 or 200"),
        ("text_percent", "150", "100, 125, 150, 175 or 200"),
        ("exam_date", "20 May 2027", "a date such as 2027-05-20"),
        ("exam_date", datetime(2027, 5, 20, 9, 0), "a date such as 2027-05-20"),
        ("minutes_a_day", 0, "a whole number from 1 to 240"),
        ("minutes_a_day", 241, "a whole number from 1 to 240"),
        ("minutes_a_day", True, "a whole number from 1 to 240"),
    ],
)
def test_one_bad_value_does_not_lose_the_others(name, bad, expected):
    policy, wrong = policy_of(GOOD | {name: bad})
    assert policy == Policy(**{k: v for k, v in GOOD.items() if k != name})
    assert wrong == (f"{name} must be {expected}",)


def test_an_unknown_key_is_told_and_the_rest_holds():
    policy, wrong = policy_of({"theme": "dark", "colour\n": "red", "x" * 100: {}})
    assert policy == Policy(theme="dark")
    assert wrong == ("“colour ” is no setting", f"“{'x' * 40}” is no setting")


def test_all_that_is_wrong_is_told():
    _, wrong = policy_of(dict.fromkeys("abcdefg", 1))
    assert wrong == tuple(f"“{name}” is no setting" for name in "abcdefg")


@pytest.mark.parametrize(
    ("exam", "told"),
    [
        (None, ""),
        (date(2027, 5, 20), ""),
        (date(2027, 5, 19), "exam_date, 2027-05-19, has gone by"),
    ],
)
def test_an_exam_that_has_gone_by(exam, told):
    assert gone_by(Policy(exam_date=exam), date(2027, 5, 20)) == told


@given(st.dictionaries(st.sampled_from(EVERY_FIELD) | ANYTHING, st.integers() | ANYTHING))
def test_whatever_is_in_it_no_more_is_used_than_is_right(found):
    policy, wrong = policy_of(found)
    used = {name for name in EVERY_FIELD if getattr(policy, name) is not None}
    assert used <= found.keys()
    assert bool(wrong) == (used != found.keys())


PLACES = {"~": "/ann", "user": "Ann B", "documents": r"\\server\ann\Documents"}
VARIABLES = {"HOMESHARE": r"\\server\homes$\ann", "ProgramFiles(x86)": "P", "EMPTY": ""}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"H:\Stalin Study", r"H:\Stalin Study"),
        (r"%HOMESHARE%\Stalin Study", r"\\server\homes$\ann\Stalin Study"),
        ("~/Documents/Stalin Study", "/ann/Documents/Stalin Study"),
        ("~", "/ann"),
        (r"~\x", r"/ann\x"),
        ("  /srv/{user} ", "/srv/Ann B"),
        (r"{documents}\Revision", r"\\server\ann\Documents\Revision"),
        (r"\\server\pupils$\{user}", r"\\server\pupils$\Ann B"),
        (r"%ProgramFiles(x86)%\x", r"P\x"),
        ("/srv/100% history/50%", "/srv/100% history/50%"),
        ("/srv/~ann/x~", "/srv/~ann/x~"),
        ("~ann/x", "~ann/x"),
    ],
)
def test_a_folder_is_filled_in(written, meant):
    assert expanded(written, PLACES, VARIABLES) == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("%NOWHERE%/x", "%NOWHERE% is not set here"),
        ("%EMPTY%/x", "%EMPTY% is not set here"),
        ("/srv/{pupil}", "{pupil} is not known here"),
        ("/srv/{}", "{} is not known here"),
        ("/srv/{~}", "{~} is not known here"),
        ("H:\temp", r"a folder with \ must stand in single quotes"),
    ],
)
def test_a_folder_that_cannot_be_meant(written, why):
    places = {name: value for name, value in PLACES.items() if name != "~"}
    with pytest.raises(PlaceUnusable) as problem:
        expanded(written, places, VARIABLES)
    assert str(problem.value) == why


@pytest.mark.parametrize("name", [".", "..", "a/b", r"a\b", "C:"])
def test_the_name_of_a_user_leads_nowhere_else(name):
    with pytest.raises(PlaceUnusable):
        expanded("/srv/{user}", {"user": name}, {})


@given(PLAIN)
def test_a_plain_folder_stays_as_it_is(text):
    if text.strip():
        assert expanded(text, PLACES, VARIABLES) == text.strip()


@given(st.lists(st.sampled_from(("{user}", "{documents}", "%V%")) | NAMES, min_size=1), ANYTHING)
def test_what_is_filled_in_is_not_looked_at_again(parts, value):
    filled = {"{user}": "%V%{user}", "{documents}": "{documents}", "%V%": value or "~"}
    places = {"user": filled["{user}"], "documents": filled["{documents}"]}
    meant = expanded("/" + "".join(parts) + "/x", places, {"V": filled["%V%"]})
    assert meant == "/" + "".join(filled.get(part, part) for part in parts) + "/x"


@given(ANYTHING, st.dictionaries(ANYTHING, ANYTHING))
def test_any_text_is_a_folder_or_is_told_why_not(text, variables):
    told = ""
    try:
        told = expanded(text, PLACES, variables)
    except PlaceUnusable as problem:
        told = str(problem)
    assert told
