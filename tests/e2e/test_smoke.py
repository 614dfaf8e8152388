"""The trial of the whole program fails by what a pupil would not notice, too."""

import json
import os
import subprocess
import sys

COMPLAINING = """
import logging, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from stalin_study.app import build
from stalin_study.paths import find_paths
from stalin_study.smoke import smoke

def build_and_complain(*given):
    try:
        raise ValueError("no such key")
    except ValueError:
        logging.getLogger("stalin_study.services").exception("Settings are damaged")
    return build(*given)

sys.exit(smoke(QApplication([]), find_paths(Path(sys.argv[1])), build_and_complain))
"""


def test_smoke_fails_when_an_error_is_logged(tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", COMPLAINING, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["stored"]) == (1, False, 1)
    assert told["errors"] == [
        "stalin_study.services: Settings are damaged: ValueError('no such key')"
    ]
    assert told["playable_ms"] > 1000
