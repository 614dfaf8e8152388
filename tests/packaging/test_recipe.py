"""What the recipe lets into the program on each system, as the wheels name it."""

import ast
from pathlib import Path

import pytest

SPEC = Path(__file__).resolve().parents[2] / "packaging" / "stalin_study.spec"
USED = ("PLUGINS", "PLATFORMS_LEFT_OUT", "LIBRARIES_LEFT_OUT", "SYSTEM_KEPT", "is_wanted")
MAC_LIBRARIES = "PySide6/Qt/lib"
# What the two multimedia plug-ins and Qt Multimedia ask for, read from the wheels of 6.11.3.
SOUND = {
    "linux": """
        PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so
        PySide6/Qt/lib/libQt6Multimedia.so.6 PySide6/Qt/lib/libQt6Network.so.6
        PySide6/Qt/lib/libQt6Concurrent.so.6
        PySide6/Qt/lib/libavcodec.so.61 PySide6/Qt/lib/libavformat.so.61
        PySide6/Qt/lib/libavutil.so.59 PySide6/Qt/lib/libswresample.so.5
        PySide6/Qt/lib/libswscale.so.8
    """,
    "windows": """
        PySide6/plugins/multimedia/ffmpegmediaplugin.dll
        PySide6/plugins/multimedia/windowsmediaplugin.dll
        PySide6/Qt6Multimedia.dll PySide6/Qt6Network.dll PySide6/Qt6Gui.dll
        PySide6/avcodec-61.dll PySide6/avformat-61.dll PySide6/avutil-59.dll
        PySide6/swresample-5.dll PySide6/swscale-8.dll
    """,
    "macos": f"""
        PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.dylib
        PySide6/Qt/plugins/multimedia/libdarwinmediaplugin.dylib
        PySide6/Qt/plugins/platforms/libqcocoa.dylib
        {MAC_LIBRARIES}/QtMultimedia.framework/Versions/A/QtMultimedia
        {MAC_LIBRARIES}/QtConcurrent.framework/Versions/A/QtConcurrent
        {MAC_LIBRARIES}/QtNetwork.framework/Versions/A/QtNetwork
        {MAC_LIBRARIES}/libavcodec.61.dylib {MAC_LIBRARIES}/libavformat.61.dylib
        {MAC_LIBRARIES}/libavutil.59.dylib {MAC_LIBRARIES}/libswresample.5.dylib
        {MAC_LIBRARIES}/libswscale.8.dylib
    """,
}
LEFT_OUT = {
    "linux": "PySide6/Qt/lib/libQt6Quick.so.6 PySide6/Qt/plugins/platforms/libqvnc.so",
    "windows": "PySide6/Qt6Quick.dll PySide6/opengl32sw.dll PySide6/translations/qt_de.qm",
    "macos": "PySide6/Qt/plugins/sqldrivers/libqsqlite.dylib PySide6/Qt/translations/qt_de.qm",
}


def wanted_on(system):
    """The recipe's rule, as it is on a system."""
    tree = ast.parse(SPEC.read_text("utf-8"))
    kept = [
        node
        for node in tree.body
        if (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in USED)
        or (isinstance(node, ast.FunctionDef) and node.name in USED)
    ]
    names = {name: name.lower() == system for name in ("LINUX", "WINDOWS", "MAC")}
    names |= {"MAC": system == "macos", "Path": Path, "ESPEAK_KEPT": set()}
    exec(compile(ast.Module(kept, []), SPEC.name, "exec"), names)
    return lambda path: names["is_wanted"]((path, f"/wheels/{path}", "BINARY"))


@pytest.mark.parametrize("system", SOUND)
def test_all_that_sound_needs_is_let_in(system):
    is_wanted = wanted_on(system)
    assert [path for path in SOUND[system].split() if not is_wanted(path)] == []


@pytest.mark.parametrize("system", LEFT_OUT)
def test_what_is_of_no_use_stays_out(system):
    is_wanted = wanted_on(system)
    assert [path for path in LEFT_OUT[system].split() if is_wanted(path)] == []
