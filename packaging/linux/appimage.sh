#!/usr/bin/env bash
# Makes the AppImage from dist/stalin-study, with appimagetool: APPIMAGETOOL names it, else it is
# fetched. APPIMAGETOOL_SHA256, if set, is the checksum that what was fetched must have.
set -euo pipefail
cd "$(dirname "$0")/../.."
release=https://github.com/AppImage/appimagetool/releases/download/1.9.0
tool=${APPIMAGETOOL:-build/appimagetool}
if [ ! -x "$tool" ]; then
    mkdir -p "$(dirname "$tool")"
    curl --fail --silent --show-error --location -o "$tool" "$release/appimagetool-x86_64.AppImage"
    if [ -n "${APPIMAGETOOL_SHA256:-}" ]; then
        echo "$APPIMAGETOOL_SHA256  $tool" | sha256sum --check --quiet
    fi
    chmod +x "$tool"
fi
# A building machine may have no FUSE.
export APPIMAGE_EXTRACT_AND_RUN=1
.venv/bin/python packaging/linux/appimage.py --tool "$tool"
