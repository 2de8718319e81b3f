#!/bin/bash
# The reference of what plugin authors import, by DocC, from the modules that the build leaves: no package is needed, and
# `swift build` takes no longer for it. A warning is a failure.
#
#   Scripts/docs.sh [.build/debug]
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/require-swift.sh
directory="${1:-}"
if [ -z "$directory" ]; then
    "${SWIFT:-swift}" build --target RoostTesting
    directory=.build/debug
fi
target=$("${SWIFT:-swift}" -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p' | head -1)
graphs=.build/docs/graphs
archives=.build/docs/archives
rm -rf "$graphs" "$archives" .build/docs/Roost.doccarchive
mkdir -p "$archives"

dependencies=()
for module in RoostJSON RoostKit RoostTesting; do
    mkdir -p "$graphs/$module"
    "${SWIFT:-swift}" symbolgraph-extract -module-name "$module" -target "$target" -minimum-access-level public \
        -I "$directory/Modules" -I Sources/CRoost/include -output-dir "$graphs/$module"
    docc convert --additional-symbol-graph-dir "$graphs/$module" --warnings-as-errors \
        --fallback-display-name "$module" --fallback-bundle-identifier "dev.roost.$module" \
        --enable-experimental-external-link-support "${dependencies[@]}" --output-path "$archives/$module.doccarchive"
    dependencies+=(--dependency "$archives/$module.doccarchive")
done
docc merge "$archives"/*.doccarchive --synthesized-landing-page-name Roost --synthesized-landing-page-kind Reference \
    --output-path .build/docs/Roost.doccarchive
echo "Read it with: python3 -m http.server --directory .build/docs/Roost.doccarchive"
