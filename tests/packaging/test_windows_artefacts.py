"""What Windows gets: the MSI recipe, the manifest, the installer's script."""

import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = ROOT / "packaging" / "windows"
MODULES = sorted(WINDOWS.glob("*.py"))
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


@pytest.fixture(autouse=True)
def _windows_modules(monkeypatch):
    monkeypatch.syspath_prepend(str(WINDOWS))
    yield
    for name in [file.stem for file in MODULES]:
        sys.modules.pop(name, None)


@pytest.fixture
def program(tmp_path):
    folder = tmp_path / "stalin-study"
    inner = folder / "_internal" / "PySide6"
    inner.mkdir(parents=True)
    (folder / "Stalin Study.exe").write_bytes(b"MZ")
    (folder / "stalin-study.exe").write_bytes(b"MZ")
    (inner / "Qt6Core.dll").write_bytes(b"MZ")
    (folder / "_internal" / "Тест.txt").write_bytes(b"")
    return folder


def recipe_of(program, version="1.2.3"):
    from msi import recipe

    text = recipe(program, version, program.parent / "app.ico", program.parent)
    return ElementTree.fromstring(text)


def test_the_package_holds_each_file_once(program):
    files = recipe_of(program).findall(f".//{WIX}File")
    assert sorted(Path(file.get("Source")).name for file in files) == [
        "Qt6Core.dll",
        "Stalin Study.exe",
        "stalin-study.exe",
        "Тест.txt",
    ]
    assert all(not Path(file.get("Source")).is_absolute() for file in files)


def test_ids_of_the_package_are_fit_for_windows_installer(program):
    elements = [element for element in recipe_of(program).iter() if element.get("Id")]
    for element in elements:
        assert re.fullmatch(r"[A-Za-z_][\w.]{0,71}|\*|1", element.get("Id"), re.ASCII)
    guids = [found.get("Guid") for found in recipe_of(program).iter(f"{WIX}Component")]
    assert len(guids) == len(set(guids)) == 5


def test_a_later_version_upgrades_the_same_product(program):
    first, later = recipe_of(program), recipe_of(program, "1.3.0")
    for name in ("UpgradeCode", "Name", "Manufacturer"):
        assert first.find(f"{WIX}Product").get(name) == later.find(f"{WIX}Product").get(name)
    assert later.find(f"{WIX}Product").get("Version") == "1.3.0"
    assert later.find(f".//{WIX}MajorUpgrade") is not None
    components = [
        [(each.get("Id"), each.get("Guid")) for each in recipe.iter(f"{WIX}Component")]
        for recipe in (first, later)
    ]
    assert components[0] == components[1]


def test_the_upgrade_code_never_changes():
    from msi import UPGRADE_CODE

    assert UPGRADE_CODE == "73F3BD6D-B4E3-4B11-A3EF-203D7ED33FA9"


def test_every_component_is_in_the_feature(program):
    recipe = recipe_of(program)
    referred = {each.get("Id") for each in recipe.iter(f"{WIX}ComponentRef")}
    assert referred == {each.get("Id") for each in recipe.iter(f"{WIX}Component")}


def test_the_zip_is_one_folder_that_keeps_progress_beside_itself(program, tmp_path):
    from make_installers import make_zip

    with zipfile.ZipFile(make_zip(program, tmp_path, "1.2.3")) as archive:
        names = archive.namelist()
        assert archive.read("Stalin Study/portable.txt").startswith(b"While this file is")
    assert {name.split("/")[0] for name in names} == {"Stalin Study"}
    assert "Stalin Study/_internal/PySide6/Qt6Core.dll" in names


def test_the_manifest_asks_for_what_the_window_needs():
    manifest = ElementTree.fromstring((WINDOWS / "program.manifest").read_text("utf-8"))
    said = {element.tag.split("}")[1]: element for element in manifest.iter()}
    assert said["requestedExecutionLevel"].get("level") == "asInvoker"
    assert said["dpiAwareness"].text.startswith("PerMonitorV2")
    assert said["longPathAware"].text == "true"
    assert said["activeCodePage"].text == "UTF-8"


def test_the_installer_and_the_package_speak_of_the_same_program():
    import msi

    script = (WINDOWS / "installer.nsi").read_text("utf-8")
    defined = dict(re.findall(r'^!define (\w+) "(.+)"$', script, re.M))
    assert (defined["APP"], defined["PUBLISHER"]) == (msi.APP, msi.PUBLISHER)
    assert defined["PROGRAM"] == msi.PROGRAM
    assert defined["UNINSTALL_KEY"].replace("${APP}", msi.APP) == msi.UNINSTALL_KEY
    assert '"InstalledByMsi"' in script
    recipe = (ROOT / "packaging" / "stalin_study.spec").read_text("utf-8")
    assert Path(msi.PROGRAM).stem in recipe


def test_the_installer_keeps_progress_unless_asked():
    script = (WINDOWS / "installer.nsi").read_text("utf-8")
    removed = [line.strip() for line in script.splitlines() if "$APPDATA" in line]
    assert removed == ['RMDir /r "$APPDATA\\${APP}"']
    section = script[: script.index("$APPDATA")].rpartition("\nSection ")[2]
    assert section.startswith('/o "un.My progress and settings as well"')


def test_a_program_without_its_folder_says_what_to_do_in_the_room_that_there_is():
    import alone

    starter = "Failed to load Python DLL '%ls'.\n".encode("utf-16-le")
    program = b"MZ" + starter + b"\0\0rest"
    changed = alone.explained(program)
    assert len(changed) == len(program)
    assert changed.endswith(b"\0\0rest")
    assert alone.says_it(changed)
    assert not alone.says_it(program)
    for other in (b"MZ", program + starter):
        with pytest.raises(alone.OtherStarter, match=r"alone\.py"):
            alone.explained(other)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.name)
def test_a_module_is_short_and_says_what_it_is_for(file):
    text = file.read_text("utf-8")
    assert text.startswith('"""')
    assert len(text.splitlines()) <= 300
