import pytest

from fakes_speech import make_narration
from stalin_study.services.narration import INDEX, Narration

TEXT = "Trotsky left."


def test_a_sentence_is_found_by_what_is_shown(tmp_path):
    narration = make_narration(tmp_path / "narration", TEXT)
    found = narration.find(TEXT)
    assert found is not None
    assert found.file.is_file()
    assert (found.duration_ms, found.is_exact, found.speed) == (900, True, 1.0)
    assert narration.find("Trotsky  left.") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 9, "voice": "", "utterances": {}}'],
)
def test_an_index_that_makes_no_sense_is_no_narration(tmp_path, content):
    make_narration(tmp_path / "narration", TEXT)
    (tmp_path / "narration" / INDEX).write_bytes(content)
    assert Narration(tmp_path / "narration").find(TEXT) is None


def test_a_folder_that_is_missing_or_half_there(tmp_path):
    assert Narration(tmp_path / "nowhere").find(TEXT) is None
    narration = make_narration(tmp_path / "narration", TEXT)
    (tmp_path / "narration" / "1.wav").unlink()
    assert narration.find(TEXT) is None


def test_words_beyond_the_text_are_not_believed(tmp_path):
    make_narration(tmp_path / "narration", TEXT)
    index = tmp_path / "narration" / INDEX
    index.write_bytes(index.read_bytes().replace(b"[500,8,12]", b"[500,8,99]"))
    assert Narration(tmp_path / "narration").find(TEXT) is None


def test_a_file_outside_the_folder_is_not_played(tmp_path):
    make_narration(tmp_path / "narration", TEXT)
    (tmp_path / "2.wav").write_bytes(b"x")
    index = tmp_path / "narration" / INDEX
    index.write_bytes(index.read_bytes().replace(b'"1.wav"', b'"../2.wav"'))
    assert Narration(tmp_path / "narration").find(TEXT) is None
