"""Writes what the program is made of as a CycloneDX 1.6 list (SBOM), for one system.

python packaging/sbom.py SYSTEM [FOLDER]    SYSTEM: linux, windows or macos; FOLDER: dist
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from licences import PYTHON, ROOT, SYSTEMS, TABLE, Part, read_parts

from stalin_study import __version__

SPACE = uuid.UUID("1c3cc5e4-4c31-4b0b-9a33-6d8a3d4c6c0a")  # so that equal lists have equal numbers
NEEDED = ("bomFormat", "specVersion", "serialNumber", "version", "metadata", "components")
SERIAL = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Expressions that SPDX has no identifier for are written as names.
NAMED_ONLY = ("LicenseRef-", "GPL-2.0-or-later WITH ")


def main() -> int:
    """Write the list; 0 when it is complete."""
    system = sys.argv[1] if len(sys.argv) > 1 else ""
    if system not in SYSTEMS:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "dist"
    parts = read_parts(tomllib.loads(TABLE.read_text("utf-8")))
    made = bill([part for part in parts if system in part.systems], system, moment())
    missing = list(faults(made))
    for fault in missing:
        print(fault, file=sys.stderr)
    if missing:
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"stalin-study-{__version__}-{system}.cdx.json"
    file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(made['components'])} components: {file.name}")
    return 0


def moment() -> datetime:
    """SOURCE_DATE_EPOCH, else now."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)


def bill(parts: list[Part], system: str, made_at: datetime) -> dict:
    """The list of one system as CycloneDX has it."""
    components = [component(part) for part in parts]
    program = {
        "type": "application",
        "bom-ref": "stalin-study",
        "name": "Stalin Study",
        "version": __version__,
        "description": "Offline revision for Stalin's Dictatorship, USSR 1924-41",
        "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
        "properties": [{"name": "system", "value": system}],
    }
    content = json.dumps([program, components], sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, content)}",
        "version": 1,
        "metadata": {
            "timestamp": made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "tools": {"components": [{"type": "application", "name": "packaging/sbom.py"}]},
            "component": program,
        },
        "components": components,
        "dependencies": [
            {"ref": "stalin-study", "dependsOn": [one["bom-ref"] for one in components]},
            *({"ref": one["bom-ref"]} for one in components),
        ],
    }


def component(part: Part) -> dict:
    """A part as a component; those from Python's index have a package address."""
    version = real_version(part)
    made = {
        "type": "library",
        "bom-ref": part.key,
        "name": part.distribution or part.name,
        "version": version,
        "description": part.use,
        "licenses": [{"license": named(part.licence)}],
        "externalReferences": [{"type": "distribution", "url": part.source}],
    }
    if part.distribution and not part.proof:
        made["purl"] = f"pkg:pypi/{part.distribution}@{version}"
    elif part.proof:
        made["name"] = part.name
        made["purl"] = f"pkg:generic/{part.name.lower()}@{version}"
    return {name: value for name, value in made.items() if value}


def real_version(part: Part) -> str:
    """The version; of Python the very one that builds."""
    if part.key == "python" and part.version == PYTHON:
        return ".".join(map(str, sys.version_info[:3]))
    return part.version


def named(licence: str) -> dict[str, str]:
    """A licence by its SPDX identifier where there is one."""
    if licence.startswith(NAMED_ONLY):
        return {"name": licence.removeprefix("LicenseRef-")}
    return {"id": licence}


def faults(made: dict) -> Iterator[str]:
    """What the standard asks for and the list lacks."""
    for name in NEEDED:
        if not made.get(name):
            yield f"{name} is missing."
    if not SERIAL.fullmatch(made.get("serialNumber", "")):
        yield "The serial number is not a UUID."
    references = [one.get("bom-ref") for one in made.get("components", ())]
    if len(set(references)) != len(references):
        yield "Two components have the same reference."
    for one in made.get("components", ()):
        for name in ("type", "name", "bom-ref", "licenses"):
            if not one.get(name):
                yield f"A component has no {name}: {one}"


if __name__ == "__main__":
    sys.exit(main())
