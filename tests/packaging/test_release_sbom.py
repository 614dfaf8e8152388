"""The list of what the program is made of, for those who check software before they install it."""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import licences  # noqa: E402
import sbom  # noqa: E402

AT = datetime(2026, 11, 25, tzinfo=UTC)


def made(system):
    parts = licences.read_parts(tomllib.loads(licences.TABLE.read_text("utf-8")))
    return sbom.bill([part for part in parts if system in part.systems], system, AT)


@pytest.mark.parametrize("system", licences.SYSTEMS)
def test_the_list_is_complete(system):
    bill = made(system)
    assert list(sbom.faults(bill)) == []
    by_ref = {one["bom-ref"]: one for one in bill["components"]}
    assert by_ref["ffmpeg"]["purl"] == "pkg:generic/ffmpeg@7.1.5"
    assert by_ref["pyside6-essentials"]["purl"] == "pkg:pypi/pyside6-essentials@6.11.3"
    assert by_ref["espeakng-loader"]["version"] == "1.52.0"
    assert ("pywin32" in by_ref) is (system == "windows")
    assert ("pyobjc-core" in by_ref) is (system == "macos")
    assert bill["dependencies"][0]["dependsOn"] == list(by_ref)


def test_equal_lists_have_equal_numbers():
    assert made("linux") == made("linux")
    assert made("linux")["serialNumber"] != made("windows")["serialNumber"]


def test_what_is_missing_is_told():
    bill = made("linux")
    bill["serialNumber"] = "urn:uuid:1"
    del bill["components"][0]["licenses"]
    bill["components"][2]["bom-ref"] = bill["components"][1]["bom-ref"]
    told = " ".join(sbom.faults(bill))
    assert "not a UUID" in told
    assert "has no licenses" in told
    assert "same reference" in told


def test_it_is_written_where_the_rest_is(tmp_path):
    command = [sys.executable, ROOT / "packaging" / "sbom.py", "linux", tmp_path]
    subprocess.run(command, check=True, capture_output=True)
    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text("utf-8"))["specVersion"] == "1.6"
    wrong = subprocess.run([*command[:2], "amiga"], check=False, capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "SYSTEM" in wrong.stderr
