#!/bin/bash
# Builds in release, gets the peers, and measures.
#
#   Scripts/bench.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/require-swift.sh
Scripts/install-packages.sh $(cat Scripts/packages/build.txt) nginx-light wrk
Scripts/python-environments.sh
for product in roost Echo FixtureCourier; do
    "${SWIFT:-swift}" build -c release --product "$product"
done
python3 Benchmarks/bench.py "$@"
quick=$(for word in "$@"; do [ "$word" = --quick ] && echo --quick; done)
python3 Benchmarks/outbound.py $quick
exec python3 Benchmarks/queue.py $quick
