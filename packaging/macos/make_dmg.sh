#!/usr/bin/env bash
# Packs the app into a disk image with a link to Applications: drag it there, and it is installed.
#   packaging/macos/make_dmg.sh "dist/Stalin Study.app" dist/stalin-study-0.1.0-macos-arm64.dmg
set -euo pipefail
app=$1
image=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

ditto "$app" "$folder/$(basename "$app")"
ln -s /Applications "$folder/Applications"
rm -f "$image"
hdiutil create -volname 'Stalin Study' -srcfolder "$folder" -fs HFS+ -format ULFO -ov "$image"
hdiutil verify "$image"
