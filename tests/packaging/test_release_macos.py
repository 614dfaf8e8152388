"""What can be said of the app for macOS without a Mac."""

import ast
import plistlib
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
from macos import bundle  # noqa: E402

from stalin_study import __version__  # noqa: E402
from stalin_study.services.progress_copy import ENDING  # noqa: E402

FOLDER = ROOT / "packaging" / "macos"
SPEC = (ROOT / "packaging" / "stalin_study.spec").read_text("utf-8")


@pytest.fixture
def plist():
    return plistlib.loads(plistlib.dumps(bundle.info_plist(__version__)))


def test_a_double_click_opens_the_window_and_not_the_command_line(plist):
    assert f'program("Stalin Study" if WINDOWS else "{plist["CFBundleExecutable"]}"' in SPEC
    assert plist["LSBackgroundOnly"] is False


def test_info_plist_says_what_macos_asks(plist):
    assert plist["CFBundleShortVersionString"] == __version__
    assert re.fullmatch(r"[A-Za-z0-9.-]+", plist["CFBundleIdentifier"].replace("_", "-"))
    assert plist["NSHighResolutionCapable"] is True
    assert plist["LSMinimumSystemVersion"] == "13.0"
    assert not [key for key in plist if key.endswith("UsageDescription")]  # asks for nothing


def test_copies_of_progress_are_its_own_kind_of_file(plist):
    (kind,) = plist["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == [ENDING[1:]]
    (document,) = plist["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]


def test_the_spec_can_be_read_and_uses_them():
    tree = ast.parse(SPEC)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    (made,) = [call for call in calls if getattr(call.func, "id", "") == "BUNDLE"]
    named = {keyword.arg: ast.unparse(keyword.value) for keyword in made.keywords}
    assert named["info_plist"] == "info_plist(__version__)"
    assert named["bundle_identifier"] == "IDENTIFIER"


def test_entitlements_open_nothing_of_the_user():
    entitled = plistlib.loads((FOLDER / "entitlements.plist").read_bytes())
    assert set(entitled) == {
        "com.apple.security.cs.allow-unsigned-executable-memory",
        "com.apple.security.cs.disable-library-validation",
    }


def test_the_icon_holds_every_size():
    made = bundle.icns({16: b"small", 512: b"large", 48: b"no such kind"})
    assert made[:4] == b"icns"
    assert struct.unpack(">I", made[4:8]) == (len(made),)
    assert made[8:12] == b"icp4"
    assert made.count(b"ic09") == 1
    assert b"no such kind" not in made


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.sh")), ids=lambda script: script.name)
def test_a_script_is_whole(script):
    bash = shutil.which("bash")
    assert bash
    assert subprocess.run([bash, "-n", script], check=False).returncode == 0
    assert "set -euo pipefail" in script.read_text("utf-8")
    assert script.stat().st_mode & 0o111
