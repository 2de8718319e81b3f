#!/bin/bash
# Builds in release, gets the peers, and measures.
#
#   Scripts/bench.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/require-swift.sh
Scripts/install-packages.sh $(cat Scripts/packages/build.txt) nginx-light wrk
Scripts/python-environments.sh --bench
Scripts/fetch-model.sh
for product in roost Echo Functions Memory Context7 FixtureCourier MeasureEmbedding; do
    "${SWIFT:-swift}" build -c release --product "$product"
done
quick=$(for word in "$@"; do [ "$word" = --quick ] && echo --quick; done)
python3 Benchmarks/bench.py "$@"
python3 Benchmarks/authors.py
python3 Benchmarks/outbound.py $quick
python3 Benchmarks/jobs.py $quick
python3 Benchmarks/functions.py $quick
python3 Benchmarks/memory.py $quick
exec python3 Benchmarks/documentation.py $quick
