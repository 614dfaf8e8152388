#!/usr/bin/env bash
# Signs the app for the hardened runtime: every library first, the app last.
#   packaging/macos/sign.sh "dist/Stalin Study.app" "Developer ID Application: NAME (TEAM)"
set -euo pipefail
app=$1
identity=$2
entitlements=$(dirname "$0")/entitlements.plist
options=(--force --timestamp --options runtime --sign "$identity")

while IFS= read -r -d '' file; do
    if file --brief "$file" | grep -q 'Mach-O'; then
        codesign "${options[@]}" "$file"
    fi
done < <(find "$app/Contents/Frameworks" "$app/Contents/Resources" -type f -print0)
for program in "$app/Contents/MacOS/"*; do
    codesign "${options[@]}" --entitlements "$entitlements" "$program"
done
codesign "${options[@]}" --entitlements "$entitlements" "$app"
codesign --verify --deep --strict --verbose=2 "$app"
