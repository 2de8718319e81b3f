#!/bin/bash
# Builds in release, and measures what callers and neighbours see of crashes and reloads.
#
#   Scripts/bench-faults.sh [--times N] [--seconds N]
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/require-swift.sh
Scripts/install-packages.sh $(cat Scripts/packages/build.txt) wrk
for product in roost Echo FixtureFaults FixtureVersions; do
    "${SWIFT:-swift}" build -c release --product "$product"
done
exec python3 Benchmarks/faults.py --dev "$@"
