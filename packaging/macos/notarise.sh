#!/usr/bin/env bash
# Has Apple look at the disk image, and fastens the answer to it. Needs APPLE_ID, APPLE_TEAM_ID and
# APPLE_APP_PASSWORD (an app-specific password).
#   packaging/macos/notarise.sh dist/stalin-study-0.1.0-macos-arm64.dmg
set -euo pipefail
image=$1
xcrun notarytool submit "$image" --wait --timeout 45m \
    --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM_ID" --password "$APPLE_APP_PASSWORD"
xcrun stapler staple "$image"
xcrun stapler validate "$image"
