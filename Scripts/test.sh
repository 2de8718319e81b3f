#!/bin/bash
# Every test of the project. Quiet when green: a line per stage and the test runner's own summary.
set -euo pipefail
cd "$(dirname "$0")/.."

STAGE_LOG=.build/test.log
source Scripts/stage.sh
time_limit="${ROOST_TEST_TIME_LIMIT:-20m}"

Scripts/require-swift.sh
Scripts/install-packages.sh $(cat Scripts/packages/build.txt Scripts/packages/test.txt)

# Downloaded while Swift compiles.
{ Scripts/python-environments.sh && Scripts/fetch-model.sh --quiet; } >.build/python-environments.log 2>&1 &
environments=$!
trap 'kill "$environments" 2>/dev/null || true' EXIT

await_environments() {
    local status=0
    wait "$environments" || status=$?
    cat .build/python-environments.log
    return "$status"
}

# A few tests for each core at a time: many start hosts of their own, and all of them at once starve one another.
run_swift_tests() {
    SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH="${ROOST_TEST_WIDTH:-$((6 * $(nproc)))}" \
        timeout --kill-after=10s "$time_limit" "${SWIFT:-swift}" test --skip-build </dev/null
}

run_author_tests() {
    timeout --kill-after=10s "$time_limit" python3 Tests/AuthorTests/author_tests.py </dev/null
}

run_client_tests() {
    timeout --kill-after=10s "$time_limit" python3 Tests/ClientTests/client_tests.py </dev/null
}

stage "build (host, plugins, tests)" "${SWIFT:-swift}" build --build-tests
stage "Python environments, the embedding model" await_environments
stage "Swift tests" run_swift_tests
grep -E '^.{0,4}Test run with' .build/test.log || true
stage "the guide, as a new author reads it" run_author_tests
grep -E '^pass .* from nothing to an answer' .build/test.log || true
stage "client tests" run_client_tests
if command -v node >/dev/null; then
    stage "gateway worker" node --test Deployment/cloudflare
else
    echo "skip the gateway worker's tests: they need node 20" >>"$STAGE_LOG"
fi
grep -E '^skip ' .build/test.log || true
tail -1 .build/test.log
