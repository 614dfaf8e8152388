"""What Windows shows of a program in its properties, and what rules for publishers go by."""

from __future__ import annotations

from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

PRODUCT = "Stalin Study"
PUBLISHER = "The Stalin Study project"
BRITISH, UTF_16 = 0x0809, 1200


def version_resource(version: str, file: str, description: str) -> VSVersionInfo:
    """The resource for one program file of this version."""
    four = (*map(int, version.split(".")), 0)
    strings = {
        "CompanyName": PUBLISHER,
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": file,
        "LegalCopyright": "GNU General Public License, version 3 or later",
        "OriginalFilename": file,
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }
    table = StringTable(
        f"{BRITISH:04x}{UTF_16:04x}", [StringStruct(*pair) for pair in strings.items()]
    )
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=four, prodvers=four),
        kids=[
            StringFileInfo([table]),
            VarFileInfo([VarStruct("Translation", [BRITISH, UTF_16])]),
        ],
    )
