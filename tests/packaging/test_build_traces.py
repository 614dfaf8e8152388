"""Paths of the building machine are found, however they are written."""

import importlib.util
import marshal
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACE = "/srv/builder/project"
SPEC = importlib.util.spec_from_file_location("traces", ROOT / "packaging" / "build_traces.py")
traces = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(traces)


def found(folder):
    return list(traces.traces_below(folder, [PLACE]))


@pytest.mark.parametrize(
    "content",
    [b"x\0/srv/builder/project/a.py", r"x\srv\builder\project".encode("utf-16-le")],
)
def test_a_path_in_a_file_is_found(tmp_path, content):
    (tmp_path / "a.bin").write_bytes(b"of /srv/others alone")
    assert not found(tmp_path)
    (tmp_path / "a.bin").write_bytes(content)
    assert len(found(tmp_path)) == 1


def test_a_link_that_leads_out_is_found(tmp_path):
    (tmp_path / "inner").symlink_to("a.bin")
    assert not found(tmp_path)
    (tmp_path / "outer").symlink_to("/usr/lib/a.bin")
    assert found(tmp_path) == ["outer: links to /usr/lib/a.bin"]


def test_a_path_in_packed_code_is_found(tmp_path):
    def pack(text, name):
        code = compile(text, name, "exec")
        with zipfile.ZipFile(tmp_path / "base_library.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.pyc", bytes(16) + marshal.dumps(code))

    pack("def f(): return 'mine'", "a.py")
    assert not found(tmp_path)
    pack("def f(): return 1", f"{PLACE}/a.py")
    assert len(found(tmp_path)) == 2  # of the module and of its function
    pack("1", "Z:\\a.py")
    assert len(found(tmp_path)) == 1
    pack(f"def f(): return ('{PLACE}', 1)", "a.py")
    assert found(tmp_path) == [f"base_library.zip: a.py says {PLACE}"]


def test_a_module_in_a_file_of_its_own_is_read(tmp_path):
    code = compile("1", "/a.py", "exec")
    (tmp_path / "a.pyc").write_bytes(bytes(16) + marshal.dumps(code))
    assert found(tmp_path) == ["a.pyc: <module> comes from /a.py"]


def test_a_place_that_many_machines_have_is_no_trace(monkeypatch):
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    assert not [path for path in traces.machine_paths() if path.startswith("/usr")]
    monkeypatch.setattr(sys, "base_prefix", PLACE)
    assert {str(ROOT), PLACE} <= set(traces.machine_paths())
