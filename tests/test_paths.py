from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stalin_study.paths import Installation, find_paths, this_installation, user_folders


@pytest.fixture
def bundle(tmp_path: Path) -> Installation:
    """A frozen program: an executable with its files in a folder beside it."""
    home = tmp_path / "Stalin Study"
    package = home / "_internal" / "stalin_study"
    package.mkdir(parents=True)
    (home / "_internal" / "cards").mkdir()
    return Installation(package, home / "stalin-study", home / "_internal")


def users(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "user data", tmp_path / "user cache"


def test_a_checkout_has_its_folders_at_the_top() -> None:
    paths = find_paths()

    assert paths.cards == paths.program / "cards"
    assert (paths.program / "pyproject.toml").is_file()
    assert (paths.deck / "deck.toml").is_file()
    assert (paths.resources / "themes").is_dir()
    assert paths.notice == ""


def test_a_wheel_has_them_in_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "stalin_study"
    (package / "cards").mkdir(parents=True)

    paths = find_paths(installation=Installation(package))

    assert paths.deck == package / "cards" / "stalin-1924-41"
    assert paths.resources == package / "resources"


def test_a_frozen_program_has_them_in_its_bundle(tmp_path: Path, bundle: Installation) -> None:
    paths = find_paths(installation=bundle, find_user_folders=lambda: users(tmp_path))

    assert paths.cards == tmp_path / "Stalin Study" / "_internal" / "cards"
    assert paths.resources == tmp_path / "Stalin Study" / "_internal" / "resources"
    assert paths.program == tmp_path / "Stalin Study"
    assert (paths.data, paths.cache) == users(tmp_path)
    assert not paths.is_portable


def test_a_frozen_program_knows_itself(
    monkeypatch: pytest.MonkeyPatch, bundle: Installation
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle.bundle), raising=False)
    monkeypatch.setattr(sys, "executable", str(bundle.executable))

    found = this_installation()

    assert (found.executable, found.bundle) == (bundle.executable, bundle.bundle)


def test_a_named_folder_comes_first(tmp_path: Path, bundle: Installation) -> None:
    (bundle.home / "portable.txt").touch()

    paths = find_paths(tmp_path / "mine", installation=bundle)

    assert (paths.data, paths.cache) == (tmp_path / "mine", tmp_path / "mine" / "cache")
    assert not paths.is_portable
    assert not (tmp_path / "mine").exists()


def test_portable_progress_lies_beside_the_program(bundle: Installation) -> None:
    (bundle.home / "portable.txt").touch()

    paths = find_paths(installation=bundle)

    assert paths.is_portable
    assert paths.data == bundle.home / "Stalin Study progress"
    assert paths.cache == paths.data / "cache"
    assert paths.notice == ""
    assert list(paths.data.iterdir()) == []


def test_a_portable_mac_program_keeps_it_beside_the_app(tmp_path: Path) -> None:
    executable = tmp_path / "Stalin Study.app" / "Contents" / "MacOS" / "stalin-study-gui"
    (tmp_path / "portable.txt").touch()

    paths = find_paths(installation=Installation(tmp_path / "package", executable))

    assert paths.data == tmp_path / "Stalin Study progress"


@pytest.mark.logs_warnings
def test_portable_where_nothing_can_be_written(tmp_path: Path, bundle: Installation) -> None:
    (bundle.home / "portable.txt").touch()
    (bundle.home / "Stalin Study progress").write_text("a file in the way", encoding="utf-8")

    paths = find_paths(installation=bundle, find_user_folders=lambda: users(tmp_path))

    assert (paths.data, paths.cache) == users(tmp_path)
    assert not paths.is_portable
    assert paths.notice == (
        "Stalin Study cannot write beside the program, so your progress is kept in your own"
        " folder on this computer."
    )


def test_the_mark_in_a_checkout_means_nothing(tmp_path: Path) -> None:
    package = tmp_path / "src" / "stalin_study"
    (tmp_path / "portable.txt").touch()

    paths = find_paths(
        installation=Installation(package), find_user_folders=lambda: users(tmp_path)
    )

    assert not paths.is_portable
    assert not (tmp_path / "Stalin Study progress").exists()


@pytest.mark.logs_warnings
def test_without_a_home_folder(bundle: Installation) -> None:
    def no_home() -> tuple[Path, Path]:
        raise RuntimeError("could not determine the home directory")

    paths = find_paths(installation=bundle, find_user_folders=no_home)

    assert paths.data.name == "stalin-study"
    assert paths.cache == paths.data / "cache"
    assert paths.notice.startswith("No home folder was found")


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
def test_the_folders_of_a_linux_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)

    assert user_folders() == (
        tmp_path / ".local/share/stalin-study",
        tmp_path / ".cache/stalin-study",
    )


@pytest.mark.parametrize("environment", [{}, {"HOME": ""}, {"HOME": "relative"}])
def test_an_odd_environment_does_no_harm(environment: dict[str, str]) -> None:
    code = "from stalin_study.paths import find_paths; print(find_paths().data.is_absolute())"
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "True\n"
