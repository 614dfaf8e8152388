#!/usr/bin/env bash
# Tries the app as it is in the disk image: reads Info.plist, and runs --smoke with an empty home.
#   packaging/macos/try_app.sh dist/stalin-study-0.1.0-macos-arm64.dmg
set -euo pipefail
image=$1
mounted=$(mktemp -d)
home=$(mktemp -d)
hdiutil attach "$image" -mountpoint "$mounted" -nobrowse -readonly
trap 'hdiutil detach "$mounted" -force; rm -rf "$home"' EXIT
app="$mounted/Stalin Study.app"
plutil -lint "$app/Contents/Info.plist"
told=$(env -i HOME="$home" PATH= TMPDIR="${TMPDIR:-/var/tmp}" \
    "$app/Contents/MacOS/stalin-study" --smoke)
echo "$told"
grep -q '"ok": *true' <<<"$told"
