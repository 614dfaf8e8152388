"""Checks the licences of all that others made, and lists them for the app.

python packaging/licences.py                    check the table, the texts and the list
python packaging/licences.py --write            make resources/licences/third-party.json anew
python packaging/licences.py --program FOLDER   also find what a built program holds untold
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from stalin_study.services import third_party
from stalin_study.services.third_party import ThirdParty

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "packaging" / "third_party.toml"
TEXTS = ROOT / "resources" / "licences"
LIST = TEXTS / third_party.LIST
SYSTEMS = ("linux", "windows", "macos")
PYTHON = "3.11"
NATIVE = re.compile(r"\.(so|dylib|dll|pyd)(\.|$)")


@dataclass(frozen=True)
class Part:
    """Something that others made. `distribution` is its name in run.lock, or empty."""

    key: str
    name: str
    version: str
    licence: str
    use: str
    source: str
    texts: tuple[str, ...]
    systems: tuple[str, ...]
    distribution: str = ""
    modules: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    proof: str = ""

    def holds(self, file: str) -> bool:
        """Whether a file of the program, by its path or its name, belongs to this."""
        lower = file.lower()
        names = (lower, lower.rpartition("/")[2])
        return any(fnmatch(name, pattern) for name in names for pattern in self.files)


def main() -> int:
    """Check, write or both; 0 when nothing is wrong."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true")
    options.add_argument("--program", type=Path)
    chosen = options.parse_args()
    table = tomllib.loads(TABLE.read_text("utf-8"))
    parts = read_parts(table)
    if chosen.write:
        LIST.write_text(as_json(parts), "utf-8")
    found = [*problems(table, parts)]
    if chosen.program is not None:
        from program_contents import untold

        found += untold(chosen.program, parts)
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print(f"{len(parts)} parts by others, each with an allowed licence and its text.")
    return 1 if found else 0


def read_parts(table: dict, root: Path = ROOT) -> list[Part]:
    """All parts of the table, with versions from the locks, sorted by name."""
    run = locked(root / "requirements" / "run.lock")
    tools = {"python": PYTHON, **locked(root / "requirements" / "package.lock")}
    parts = []
    for kind in ("distribution", "part"):
        for key, row in table[kind].items():
            is_distribution = kind == "distribution"
            in_lock = run.get(key, "") if is_distribution else tools.get(row.get("version", ""), "")
            parts.append(
                Part(
                    key,
                    row.get("title", key),
                    row.get("fixed", in_lock),
                    row["licence"],
                    row["use"],
                    row["source"],
                    tuple(row.get("texts", (f"{key}.txt",))),
                    tuple(row.get("systems", SYSTEMS)),
                    key if is_distribution else "",
                    tuple(row.get("modules", ())),
                    tuple(row.get("files", ())),
                    row.get("proof", ""),
                )
            )
    return sorted(parts, key=lambda part: part.name.casefold())


def locked(lock: Path) -> dict[str, str]:
    """Names and versions that a lock lists."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock.read_text("utf-8"), re.MULTILINE))


def as_json(parts: list[Part]) -> str:
    """What the app reads."""
    shown = ThirdParty.__struct_fields__
    rows = [{name: getattr(part, name) for name in shown} for part in parts]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def problems(table: dict, parts: list[Part], texts: Path = TEXTS) -> Iterator[str]:
    """What is wrong, each in a sentence."""
    lock = locked(ROOT / "requirements" / "run.lock")
    yield from unknown_requirements(table, lock)
    for part in parts:
        if part.licence not in table["allowed"]:
            yield f"{part.name}: the licence {part.licence} is not on the list of those allowed."
        if part.distribution and part.distribution not in lock:
            yield f"{part.name}: requirements/run.lock does not list {part.distribution}."
        missing = [name for name in part.texts if not is_text(texts / name)]
        for name in missing:
            yield f"{part.name}: the text {name} is missing in resources/licences."
        if part.distribution and not missing:
            yield from changes(part, texts)
    known = {name for part in parts for name in part.texts}
    for file in sorted(texts.glob("*.txt")):
        if file.name not in known:
            yield f"resources/licences/{file.name} belongs to nothing in third_party.toml."
    try:
        listed = (texts / LIST.name).read_text("utf-8")
    except OSError:
        listed = ""
    if listed != as_json(parts):
        yield f"{LIST.name} is not up to date; run packaging/licences.py --write."


def is_text(file: Path) -> bool:
    """Whether the file is there and says something."""
    return file.is_file() and file.stat().st_size > 100


def unknown_requirements(table: dict, lock: dict[str, str]) -> Iterator[str]:
    """What the lock lists that the table does not speak of."""
    known = {*table["distribution"], *table["left_out"]}
    for name in lock:
        # Of PyObjC's many frameworks the program takes what pyttsx3 imports.
        if name not in known and not name.startswith("pyobjc"):
            yield f"{name} stands in run.lock and not in third_party.toml: is it in the program?"


def changes(part: Part, texts: Path) -> Iterator[str]:
    """How an installed distribution differs from what the table says of it."""
    try:
        installed = distribution(part.distribution)
    except PackageNotFoundError:
        return  # of another system
    told = installed.metadata.get("License-Expression", "")
    if told and told != part.licence:
        yield f"{part.name}: says {told} of itself, third_party.toml says {part.licence}."
    own = own_texts(installed)
    shipped = {words((texts / name).read_text("utf-8")) for name in part.texts}
    if own and not own & shipped:
        yield f"{part.name}: its own licence text is none of {', '.join(part.texts)}."


def own_texts(installed: Distribution) -> set[str]:
    """The licence texts that came with a distribution."""
    named = re.compile(r"\.dist-info/(licenses/)?(LICEN[CS]E|COPYING)[^/]*$", re.IGNORECASE)
    files = [file for file in installed.files or () if named.search(file.as_posix())]
    return {words(Path(str(file.locate())).read_text("utf-8")) for file in files}


def words(text: str) -> str:
    """A text without how its lines break."""
    return " ".join(text.split())


if __name__ == "__main__":
    sys.exit(main())
