"""What the Linux packages are made of, as far as it can be seen without building them."""

import configparser
import io
import os
import re
import runpy
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "packaging"))

from linux.finish import without_foreign_search_path, without_prefix
from linux.libraries import Asked, TooNew, check_age, packages_for
from linux.shared_files import APP_ID, add_desktop_files, add_manual, debian_changelog
from linux.tarball import pack

from stalin_study.command_line import _COMMANDS

ROOT = Path(__file__).resolve().parent.parent.parent
LINUX = ROOT / "packaging" / "linux"
NEW_YEAR = 1_767_225_600
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux")


def test_the_menu_entry_opens_the_window_under_the_name_that_the_window_has():
    entry = configparser.RawConfigParser(strict=True, interpolation=None)
    entry.optionxform = str
    entry.read(LINUX / "stalin-study.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    program = (ROOT / "src/stalin_study/program.py").read_text("utf-8")
    assert told["Exec"] == "stalin-study-gui"
    assert f'setDesktopFileName("{told["StartupWMClass"]}")' in program
    assert told["Keywords"].endswith(";")


def test_the_description_names_version_and_day_and_the_menu_entry(tmp_path):
    add_desktop_files(tmp_path, "1.2.3", NEW_YEAR)
    about = tmp_path / f"usr/share/metainfo/{APP_ID}.metainfo.xml"
    tree = ElementTree.parse(about)
    release = tree.find("releases/release")
    assert release.attrib == {"version": "1.2.3", "date": "2026-01-01"}
    entry = tree.findtext("launchable")
    assert (tmp_path / "usr/share/applications" / entry).is_file()


def test_the_man_page_knows_every_command(tmp_path):
    page = (LINUX / "stalin-study.1").read_text("utf-8")
    for command in _COMMANDS:
        assert re.search(rf'^\.BR "{command} ', page, re.MULTILINE)
    add_manual(tmp_path, "1.2.3", NEW_YEAR)
    assert "@" not in (tmp_path / "usr/share/doc/stalin-study/copyright").read_text("utf-8")


def test_the_changelog_becomes_one_that_debian_reads():
    told = debian_changelog("# Changelog\n\n## 1.2.3, today\n\n- One\n  more.\n- Two\n", NEW_YEAR)
    assert told.startswith(
        "stalin-study (1.2.3) stable; urgency=medium\n\n  * One\n    more.\n  * Two"
    )
    assert told.endswith("  Thu, 01 Jan 2026 00:00:00 +0000\n")


def test_a_folder_packs_to_the_same_bytes(tmp_path):
    packed = []
    for name in ("first", "second"):
        folder = tmp_path / name / "program"
        folder.mkdir(parents=True)
        for file in sorted(("b", "a"), reverse=name == "second"):
            (folder / file).write_text(file)
        (folder / "a").chmod(0o755)
        (folder / "link").symlink_to("a")
        os.utime(folder / "a", (1, len(packed)))
        target = tmp_path / f"{name}.tar.xz"
        pack(folder, target, NEW_YEAR)
        packed.append(target.read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(fileobj=io.BytesIO(packed[0])) as archive:
        owners = {(member.uid, member.gid, member.uname) for member in archive}
        assert owners == {(0, 0, "")}
        assert [oct(archive.getmember(f"program/{name}").mode) for name in "ab"] == [
            "0o755",
            "0o644",
        ]


def test_a_library_that_is_too_new_stops_the_build():
    check_age(Asked(versions={"GLIBC": ((2, 35), Path("a.so"))}))
    with pytest.raises(TooNew, match=r"b\.so asks for GLIBC 2\.36; .* has 2\.35"):
        check_age(Asked(versions={"GLIBC": ((2, 36), Path("b.so"))}))


def test_a_library_of_no_known_package_stops_the_build():
    asked = Asked(libraries={"libz.so.1": Path("a.so"), "libdl.so.2": Path("a.so")})
    assert packages_for(asked) == ["libc6 (>= 2.35)", "zlib1g"]
    with pytest.raises(KeyError, match="libnew"):
        packages_for(Asked(libraries={"libnew.so.1": Path("a.so")}))


def test_the_place_of_python_is_taken_out_and_no_byte_moves():
    content = b"\x01\0/opt/py/lib/python3.11\0next\0/opt/py\0"
    assert without_prefix(content, b"/opt/py") == (
        b"\x01\0/usr/lib/python3.11\0\0\0\0next\0/usr\0\0\0\0"
    )


@pytest.mark.skipif(not shutil.which("gcc"), reason="gcc is not here")
def test_a_search_path_of_another_machine_becomes_the_own_folder(tmp_path):
    source, library = tmp_path / "empty.c", tmp_path / "empty.so"
    source.write_text("")
    path = "-Wl,-rpath,/opt/somebody/else/lib"
    subprocess.run(["gcc", "-shared", "-nostdlib", path, "-o", library, source], check=True)
    before = library.read_bytes()
    after = without_foreign_search_path(library)
    assert b"/opt/somebody" in before
    assert b"/opt/somebody" not in after
    assert b"\0$ORIGIN\0" in after
    assert len(before) == len(after)


SCRIPTS = ["preinst", "postinst", "postrm", "try_installed.sh", "appimage.sh"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_well_formed(name):
    done = subprocess.run(["bash", "-n", LINUX / name], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_frozen_python_finds_the_time_zones():
    """dateutil asks for this when progress is opened."""
    told = runpy.run_path(str(ROOT / "packaging" / "build_time_vars.py"))["build_time_vars"]
    assert "/usr/share/zoneinfo" in told["TZPATH"].split(":")
