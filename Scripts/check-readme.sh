#!/bin/bash
# The first plugin a newcomer reads, in README.md, compiles as it stands there.
#
#   Scripts/check-readme.sh .build/debug
set -euo pipefail
cd "$(dirname "$0")/.."

directory="$1"
source_file=.build/readme/Plugin.swift
mkdir -p "$(dirname "$source_file")"
awk '/^```swift/ { inside = 1; text = ""; next }
     /^```/ { if (inside && text ~ /import RoostKit/) { printf "%s", text; exit } inside = 0 }
     inside { text = text $0 "\n" }' README.md >"$source_file"
if [ ! -s "$source_file" ]; then
    echo "error: expected a swift block with 'import RoostKit' in README.md, found none"
    exit 1
fi
swiftc -typecheck -parse-as-library -swift-version 6 -module-name ReadmePlugin \
    -I "$directory/Modules" -I Sources/CRoost/include "$source_file"
lines=$(grep -c '[^[:space:]]' "$source_file")
echo "$lines lines that are not blank"
