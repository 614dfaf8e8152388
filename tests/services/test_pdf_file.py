import errno

import pytest

from stalin_study.services.pdf_file import (
    DISK_FULL,
    FOLDER_GONE,
    IN_THE_WAY,
    NOT_WRITABLE,
    pdf_problem,
)
from stalin_study.services.whole_file import write_whole


def test_a_pdf_takes_the_place_of_an_older_one(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"old")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_take_its_place_leaves_no_draft(tmp_path):
    file = tmp_path / "a.pdf"
    file.mkdir()
    with pytest.raises(OSError, match=r"a\.pdf") as caught:
        write_whole(file, b"new")
    assert list(tmp_path.iterdir()) == [file]
    assert pdf_problem(caught.value, file) == IN_THE_WAY.format("a.pdf")


def test_no_folder_is_made(tmp_path):
    file = tmp_path / "gone" / "a.pdf"
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(file, b"new")
    assert list(tmp_path.iterdir()) == []
    assert pdf_problem(caught.value, file) == FOLDER_GONE


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "full"), DISK_FULL),
        (OSError(errno.EDQUOT, "quota"), DISK_FULL),
        (PermissionError(errno.EACCES, "no"), NOT_WRITABLE),
        (OSError(errno.EROFS, "read-only"), NOT_WRITABLE),
        (ValueError("odd"), NOT_WRITABLE),
    ],
)
def test_each_problem_is_a_sentence_that_says_what_to_do(error, sentence, tmp_path):
    assert pdf_problem(error, tmp_path / "a.pdf") == sentence
