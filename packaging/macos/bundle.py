"""What macOS is told about the app: Info.plist, and the icon in Apple's format."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

IDENTIFIER = "io.github.stalin_study.StalinStudy"
COPY_TYPE = f"{IDENTIFIER}.progress"
COPY_ENDING = "stalinstudy"
OLDEST_MACOS = "13.0"  # what the Qt wheels are built for
# Kind of an entry in the icon file -> side of its picture in pixels.
ICON_KINDS = {"icp4": 16, "icp5": 32, "ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024}


def info_plist(version: str) -> dict[str, Any]:
    """The values of Info.plist that are not PyInstaller's own."""
    return {
        "CFBundleName": "Stalin Study",
        "CFBundleDisplayName": "Stalin Study",
        "CFBundleIdentifier": IDENTIFIER,
        # Else PyInstaller takes the first program of the folder, which is the command line.
        "CFBundleExecutable": "stalin-study-gui",
        "LSBackgroundOnly": False,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundlePackageType": "APPL",
        "CFBundleDevelopmentRegion": "en-GB",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Copy of Stalin Study progress",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [COPY_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": COPY_TYPE,
                "UTTypeDescription": "Copy of Stalin Study progress",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": [COPY_ENDING]},
            }
        ],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Free software, GNU General Public License 3 or later",
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,
        "NSSupportsAutomaticGraphicsSwitching": True,
    }


def icns(pictures: dict[int, bytes]) -> bytes:
    """An Apple icon of PNGs by their side in pixels; sides without a kind are left out."""
    entries = b"".join(
        kind.encode() + struct.pack(">I", 8 + len(pictures[side])) + pictures[side]
        for kind, side in ICON_KINDS.items()
        if side in pictures
    )
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def write_icon(target: Path) -> Path:
    """Draw the app's icon into an .icns file."""
    from PySide6.QtGui import QGuiApplication
    from render_icons import png

    application = QGuiApplication.instance() or QGuiApplication([])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(icns({side: png(side) for side in ICON_KINDS.values()}))
    application.quit()
    return target
