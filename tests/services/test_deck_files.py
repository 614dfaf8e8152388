from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card import CardFile
from stalin_study.domain.problems import Problem
from stalin_study.paths import find_paths
from stalin_study.services.deck_files import SourcesFile, to_shape

CARD = (find_paths().deck / "1-struggle-for-power" / "01-rivals-mistakes.toml").read_bytes()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_shape_or_a_problem(content: bytes) -> None:
    found = to_shape(content, "x.toml", SourcesFile)

    assert isinstance(found, SourcesFile) or found.file == "x.toml"


@given(st.integers(0, 3000), st.integers(0, 80), st.sampled_from([b"", b'"', b"[", b"=", b"\xff"]))
def test_a_card_with_a_piece_torn_out(start: int, length: int, instead: bytes) -> None:
    """Whatever is torn out, a card or one problem on a line of the file comes of it."""
    torn = CARD[:start] + instead + CARD[start + length :]

    found = to_shape(torn, "x.toml", CardFile)

    if isinstance(found, Problem):
        assert found.message
        assert found.line is None or 1 <= found.line <= torn.count(b"\n") + 1
