from __future__ import annotations

import errno
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruins import KINDS, ruin
from stalin_study.small_file import USELESS, is_ordinary, is_small, read_small

MOST = 10_000
READABLE = {"empty", "cut short", "random", "zeros"}


@given(st.binary(max_size=2 * MOST))
def test_what_is_small_is_read_as_it_is(content):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(content)
        assert is_small(file, MOST) == (len(content) <= MOST)
        if len(content) <= MOST:
            assert read_small(file, MOST) == content
        else:
            with pytest.raises(OSError, match="too long"):
                read_small(file, MOST)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_waited_for(tmp_path, kind):
    file = tmp_path / "file"
    ruin(file, kind)
    assert is_small(file, MOST) == (kind in READABLE)
    assert is_ordinary(file) == (kind in READABLE | {"enormous", "missing", "dangling link"})
    if kind not in READABLE:
        codes = (errno.ENOENT,) if kind in ("missing", "dangling link") else USELESS
        with pytest.raises(OSError, match="|".join(rf"^\[Errno {code}\]" for code in codes)):
            read_small(file, MOST)
