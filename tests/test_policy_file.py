from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from stalin_study import policy_file
from stalin_study.domain.policy import PlaceUnusable, Policy
from stalin_study.paths import Installation, find_paths, log_faults
from stalin_study.policy_file import NAME, FoundPolicy, find_policy, folder_meant, system_folder


@pytest.fixture(autouse=True)
def computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder for the policy of the whole computer."""
    folder = tmp_path / "computer"
    folder.mkdir()
    monkeypatch.setattr(policy_file, "system_folder", lambda *_: folder)
    return folder


@pytest.fixture
def installed(tmp_path: Path) -> Installation:
    home = tmp_path / "Stalin Study"
    (home / "_internal" / "cards").mkdir(parents=True)
    return Installation(home / "_internal" / "stalin_study", home / "run", home / "_internal")


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / NAME
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


EVERY_KEY = """
# For all pupils
data_folder = '/srv/revision/{user}'
theme = "cream"
font = "atkinson"
text_percent = 125
exam_date = 2027-05-20
minutes_a_day = 15
"""


def test_without_a_file_nothing_is_set(tmp_path):
    assert find_policy(tmp_path, {}) == FoundPolicy()
    assert find_policy(None, {}) == FoundPolicy()


def test_every_key(computer):
    file = write(computer, EVERY_KEY)
    policy = Policy("/srv/revision/{user}", "cream", "atkinson", 125, date(2027, 5, 20), 15)
    assert find_policy(None, {}) == FoundPolicy(policy, file)


def test_the_named_file_comes_before_that_of_the_program_and_that_before_the_computers(
    computer, tmp_path
):
    write(computer, 'theme = "dark"\nminutes_a_day = 20')
    assert find_policy(tmp_path, {}).policy == Policy(theme="dark", minutes_a_day=20)
    write(tmp_path, 'theme = "light"')
    assert find_policy(tmp_path, {}).policy == Policy(theme="light"), "one file, used whole"
    named = tmp_path / "pupils.toml"
    named.write_text('theme = "cream"')
    assert find_policy(tmp_path, {"STALIN_STUDY_POLICY": str(named)}).policy.theme == "cream"
    assert find_policy(tmp_path, {"STALIN_STUDY_POLICY": " "}).policy.theme == "light"


def test_a_named_file_that_is_not_there_is_told(computer, tmp_path):
    write(computer, 'theme = "dark"')
    named = tmp_path / "gone.toml"
    found = find_policy(None, {"STALIN_STUDY_POLICY": str(named)})
    assert found == FoundPolicy(
        Policy(), named, f"the policy file {named}, which STALIN_STUDY_POLICY names, is not there"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_as_editors_on_windows_write_it(computer, encoding):
    write(computer, "# für alle\r\ntheme = 'dark'\r\n".encode(encoding))
    assert find_policy(None, {}).policy == Policy(theme="dark")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"theme = ", "cannot be read (Invalid value (at end of document))"),
        (b"\xff\x00\x80", "cannot be read (it is no plain text)"),
        (b"\xe4", "cannot be read (it is no plain text)"),
        (b"# " + b"x" * 200_000, "cannot be read (it is too long)"),
        (b"a = " + b"[" * 50_000, "cannot be read ("),
        (rb'data_folder = "H:\Stalin Study"', r"; a folder with \ must stand in single quotes)"),
    ],
)
def test_a_broken_file(computer, content, told):
    file = write(computer, content)
    found = find_policy(None, {})
    assert (found.policy, found.file) == (Policy(), file)
    assert told in found.problem
    assert len(found.problem) < 400


def test_a_file_that_cannot_be_read(computer):
    (computer / NAME).mkdir()
    assert "cannot be read (Is a directory)" in find_policy(None, {}).problem


def test_a_folder_in_the_way_of_the_computers_policy(monkeypatch, tmp_path):
    (tmp_path / "a file").touch()
    monkeypatch.setattr(policy_file, "system_folder", lambda *_: tmp_path / "a file")
    assert find_policy(None, {}) == FoundPolicy()


def test_where_the_policy_of_a_computer_lies():
    assert system_folder("linux", {}) == Path("/etc/stalin-study")
    assert system_folder("darwin", {}) == Path("/Library/Application Support/Stalin Study")
    assert system_folder("win32", {"PROGRAMDATA": "shared"}) == Path("shared/Stalin Study")
    assert system_folder("win32", {}) is None


@pytest.mark.skipif(sys.platform != "linux", reason="paths and folders of Linux")
def test_places_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    assert folder_meant("~/x", {}) == tmp_path / "x"
    assert folder_meant("/srv/{user}", {}) == Path("/srv/ann")
    assert folder_meant("{documents}/x", {}) == tmp_path / "Documents" / "x"
    assert folder_meant("%SHARE%/x", {"SHARE": "/mnt/homes"}) == Path("/mnt/homes/x")


@pytest.mark.parametrize("written", ["Stalin Study", "./x", "progress/{user}", "%V%/x"])
def test_a_folder_must_be_a_whole_path(written):
    with pytest.raises(PlaceUnusable, match="no whole path"):
        folder_meant(written, {"V": "relative"})


def test_without_a_name_of_the_user_the_folder_is_not_made_up(monkeypatch):
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    with pytest.raises(PlaceUnusable, match=r"\{user\} is not known here"):
        folder_meant("/srv/{user}", {})


class TestWhereProgressIsKept:
    @pytest.fixture
    def find(self, installed, tmp_path):
        self.own = tmp_path / "own data", tmp_path / "own cache"

        def find(data_dir=None, **environ):
            return find_paths(
                data_dir,
                installation=installed,
                find_user_folders=lambda: self.own,
                environ=environ,
            )

        return find

    def test_the_order_of_precedence(self, find, computer, installed, tmp_path):
        assert (find().data, find().data_by) == (self.own[0], "own folder")
        (installed.home / "portable.txt").touch()
        assert find().data_by == "portable.txt"
        write(computer, f"data_folder = '{tmp_path}/school'")
        paths = find()
        assert (paths.data, paths.data_by) == (tmp_path / "school", "policy")
        assert paths.cache == self.own[1], "a cache stays on this computer"
        paths = find(STALIN_STUDY_DATA=f"{tmp_path}/named")
        assert (paths.data, paths.data_by) == (tmp_path / "named", "STALIN_STUDY_DATA")
        assert paths.cache == self.own[1]
        paths = find(tmp_path / "asked", STALIN_STUDY_DATA=f"{tmp_path}/named")
        assert (paths.data, paths.data_by) == (tmp_path / "asked", "--data-dir")
        assert paths.notice == ""
        assert not (tmp_path / "school").exists()

    def test_the_variable_is_filled_in_as_well(self, find, tmp_path):
        paths = find(STALIN_STUDY_DATA="%SHARE%/x", SHARE=str(tmp_path))
        assert paths.data == tmp_path / "x"

    @pytest.mark.logs_warnings
    def test_a_folder_that_cannot_be_meant_is_told_with_the_one_that_is_used(self, find, computer):
        file = write(computer, "data_folder = '%HOMESHARE%/Stalin Study'")
        paths = find()
        assert (paths.data, paths.data_by) == (self.own[0], "own folder")
        assert paths.notice == (
            f"Please tell your technician: data_folder in {file} cannot be used (%HOMESHARE% is not"
            f" set here); your progress is kept in {self.own[0]}."
        )

    @pytest.mark.logs_warnings
    def test_a_wrong_variable_gives_way_to_the_policy(self, find, computer, tmp_path):
        write(computer, f"data_folder = '{tmp_path}/school'")
        paths = find(STALIN_STUDY_DATA="H:Stalin")
        assert paths.data == tmp_path / "school"
        assert paths.notice == (
            "Please tell your technician: STALIN_STUDY_DATA cannot be used (it is no whole path)."
        )

    @pytest.mark.logs_warnings
    def test_a_misspelt_key_is_told_with_the_folder_that_is_used(self, find, computer):
        file = write(computer, "data_foldr = '/srv'\ntheme = 'cream'")
        paths = find()
        assert paths.policy == Policy(theme="cream")
        assert paths.notice == (
            f"Please tell your technician: in the policy file {file}, “data_foldr” is no setting;"
            f" your progress is kept in {self.own[0]}."
        )

    @pytest.mark.logs_warnings
    def test_the_log_names_all_that_is_wrong_though_the_pupil_reads_of_three(
        self, find, computer, caplog
    ):
        lines = ("theme = 1", "font = 2", "text_percent = 3", "minutes_a_day = 0", "colour = 5")
        file = write(computer, "\n".join((*lines, "exam_date = 2026-05-20")))
        paths = find()
        assert "text_percent must be" in paths.notice
        assert " and 2 more; your progress is" in paths.notice
        caplog.clear()
        log_faults(paths, date(2026, 11, 25))
        first, second = (record.getMessage() for record in caplog.records)
        assert first == paths.notice
        assert second == (
            f"In the policy file {file}: minutes_a_day must be a whole number from 1 to 240;"
            " “colour” is no setting; exam_date, 2026-05-20, has gone by."
        )

    @pytest.mark.logs_warnings
    def test_a_wrong_choice_does_not_move_progress(self, find, computer, tmp_path):
        file = write(computer, f"data_folder = '{tmp_path}/school'\ntheme = 'pink'")
        paths = find()
        assert paths.data == tmp_path / "school"
        assert paths.notice == (
            f"Please tell your technician: in the policy file {file}, theme must be system, light,"
            " dark, cream or contrast."
        )

    @pytest.mark.logs_warnings
    def test_a_broken_file_leaves_the_usual(self, find, computer):
        write(computer, "data_folder = ")
        paths = find()
        assert (paths.data, paths.policy) == (self.own[0], Policy())
        assert paths.notice.endswith(f"; your progress is kept in {self.own[0]}.")
        assert paths.policy_file == computer / NAME

    def test_the_file_beside_a_checkout_means_nothing(self, tmp_path):
        write(tmp_path, "theme = 'dark'")
        paths = find_paths(installation=Installation(tmp_path / "src" / "x"), environ={})
        assert paths.policy == Policy()

    def test_a_folder_out_of_reach_stays_the_data_folder(self, find, tmp_path):
        (tmp_path / "server").touch()
        paths = find(STALIN_STUDY_DATA=f"{tmp_path}/server/ann")
        assert (paths.data, paths.notice) == (tmp_path / "server" / "ann", "")


def test_a_command_tells_it_as_well(tmp_path):
    (tmp_path / NAME).write_text("colour = 1")
    environ = os.environ | {"STALIN_STUDY_POLICY": str(tmp_path / NAME)}
    command = [sys.executable, "-m", "stalin_study", "progress"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert "Please tell your technician" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_loaded_while_there_is_no_policy():
    code = (
        "import sys; from stalin_study.policy_file import find_policy; find_policy(None, {});"
        "print({'tomllib', 'getpass', 'platformdirs', 'PySide6'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_guide_for_technicians_names_every_key():
    guide = Path(__file__).parent.parent / "docs" / "schools.md"
    text = guide.read_text(encoding="utf-8")
    for name in (*Policy.__struct_fields__, "STALIN_STUDY_DATA", "STALIN_STUDY_POLICY"):
        assert f"`{name}`" in text
