"""The MSI package's recipe: the same files as the installer, per machine, for Group Policy."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as Xml

NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
# Windows knows all versions of the package as one product by this. It never changes.
UPGRADE_CODE = "73F3BD6D-B4E3-4B11-A3EF-203D7ED33FA9"
FILES = uuid.UUID("71c05c4f-3601-4c2c-9790-1a229c48a66a")
APP, PUBLISHER = "Stalin Study", "The Stalin Study project"
PROGRAM = "Stalin Study.exe"
UNINSTALL_KEY = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{APP}"
NEWER = f"A newer {APP} is installed. Uninstall it first if you want this version."
OTHER = f"{APP} was installed on this computer by its Setup program. Uninstall that first."


def recipe(folder: Path, version: str, icon: Path, base: Path) -> str:
    """A WiX 3 source, which wixl and WiX's own candle read, for the program in `folder`.

    wixl finds files only by paths from where the source is, which is `base`.
    """
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    wix = Xml.Element("Wix", xmlns=NAMESPACE)
    product = _add(
        wix,
        *("Product", "*"),
        Name=APP,
        Language="2057",
        Version=version,
        Manufacturer=PUBLISHER,
        UpgradeCode=UPGRADE_CODE,
    )
    _add(
        product,
        "Package",
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Description=f"{APP} {version}",
        Manufacturer=PUBLISHER,
    )
    _add(product, "MajorUpgrade", DowngradeErrorMessage=NEWER)
    _add(product, "Media", "1", Cabinet="files.cab", EmbedCab="yes")
    _refuse_beside_setup(product)
    _add(product, "Icon", "app.ico", SourceFile=os.path.relpath(icon, base))
    _add(product, "Property", "ARPPRODUCTICON", Value="app.ico")
    _add(product, "Property", "ARPNOMODIFY", Value="1")
    # An upgrade must write each file, though some library is newer in the old version.
    _add(product, "Property", "REINSTALLMODE", Value="amus")
    root = _add(product, "Directory", "TARGETDIR", Name="SourceDir")
    programs = _add(root, "Directory", "ProgramFiles64Folder")
    place = _add(programs, "Directory", "INSTALLFOLDER", Name=APP)
    components = _add_files(place, folder, files, base)
    menu = _add(root, "Directory", "ProgramMenuFolder")
    components.append(_add_shortcut(menu, version))
    feature = _add(product, "Feature", "Program", Title=APP, Level="1")
    for component in components:
        _add(feature, "ComponentRef", component)
    Xml.indent(wix)
    return Xml.tostring(wix, "unicode", xml_declaration=True) + "\n"


def _add(parent: Xml.Element, tag: str, id_: str = "", **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, tag, {"Id": id_} if id_ else {}, **attributes)


def _refuse_beside_setup(product: Xml.Element) -> None:
    """Setup for all users puts its files into the same folder."""
    found = _add(product, "Property", "INSTALLEDBYSETUP")
    _add(
        found,
        *("RegistrySearch", "FindSetup"),
        Root="HKLM",
        Key=UNINSTALL_KEY,
        Name="InstallLocation",
        Type="raw",
        Win64="yes",
    )
    condition = _add(product, "Condition", Message=OTHER)
    condition.text = "Installed OR NOT INSTALLEDBYSETUP"


def _add_files(place: Xml.Element, folder: Path, files: Iterable[Path], base: Path) -> list[str]:
    """A component for each file, whose id stays the same as long as its path does."""
    places = {Path(): place}
    components = []
    for file in files:
        path = file.relative_to(folder)
        for parent in reversed(path.parents):
            if parent not in places:
                directory = _id("d", parent)
                places[parent] = _add(
                    places[parent.parent], "Directory", directory, Name=parent.name
                )
        component = _id("c", path)
        guid = str(uuid.uuid5(FILES, path.as_posix())).upper()
        element = _add(places[path.parent], "Component", component, Guid=guid, Win64="yes")
        source = os.path.relpath(file, base)
        _add(element, "File", _id("f", path), Source=source, Name=path.name, KeyPath="yes")
        components.append(component)
    return components


def _add_shortcut(menu: Xml.Element, version: str) -> str:
    guid = str(uuid.uuid5(FILES, "shortcut")).upper()
    component = _add(menu, "Component", "Shortcut", Guid=guid, Win64="yes")
    _add(
        component,
        *("Shortcut", "StartMenu"),
        Name=APP,
        Target=f"[INSTALLFOLDER]{PROGRAM}",
        WorkingDirectory="INSTALLFOLDER",
    )
    _add(
        component,
        "RegistryValue",
        Root="HKLM",
        Key=rf"Software\{APP}",
        Name="InstalledByMsi",
        Type="string",
        Value=version,
        KeyPath="yes",
    )
    return "Shortcut"


def _id(kind: str, path: Path) -> str:
    return kind + uuid.uuid5(FILES, path.as_posix()).hex
