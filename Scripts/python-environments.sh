#!/bin/bash
# Makes the Python environments of the tests, all at once, and leaves those alone that are already right.
#
#   .build/venv           what the test scripts themselves use     Tests/requirements.txt
#   .build/venv-mcp2      the official MCP SDK, 2.x                Tests/ClientTests/requirements/mcp2.txt
#   .build/venv-mcp1      the official MCP SDK, 1.x: cannot live beside 2.x
#   .build/venv-fastmcp   FastMCP
#   .build/venv-s3        moto, an object store for tests         Tests/Support/ObjectStoreTesting/requirements.txt
#   .build/venv-model     the reference of the embedding model       Tests/EmbeddingTests/requirements.txt
#   .build/venv-onnx      onnxruntime, beside the embedding model; only with --bench     Benchmarks/requirements.txt
#
# Every version is pinned. A copy of the requirements inside an environment says what it was made from.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A requirements=(
    [venv]=Tests/requirements.txt
    [venv-mcp2]=Tests/ClientTests/requirements/mcp2.txt
    [venv-mcp1]=Tests/ClientTests/requirements/mcp1.txt
    [venv-fastmcp]=Tests/ClientTests/requirements/fastmcp.txt
    [venv-s3]=Tests/Support/ObjectStoreTesting/requirements.txt
    [venv-model]=Tests/EmbeddingTests/requirements.txt
)

if [ "${1:-}" = --bench ]; then requirements[venv-onnx]=Benchmarks/requirements.txt; fi

is_made() {
    cmp -s "${requirements[$1]}" ".build/$1/made-from.txt" && ".build/$1/bin/python" -c '' 2>/dev/null
}

make_environment() {
    local directory=".build/$1"
    rm -rf "$directory"
    python3 -m venv --without-pip "$directory"
    .build/venv-pip/bin/python -m pip --quiet --disable-pip-version-check --no-input --python "$directory/bin/python" \
        install --only-binary :all: --requirement "${requirements[$1]}" >".build/$1.log" 2>&1
    cp "${requirements[$1]}" "$directory/made-from.txt"
}

wanted=()
for name in "${!requirements[@]}"; do
    is_made "$name" || wanted+=("$name")
done
[ ${#wanted[@]} -gt 0 ] || exit 0

python3 -c 'import ensurepip, venv' 2>/dev/null || Scripts/install-packages.sh python3-venv
mkdir -p .build
.build/venv-pip/bin/python -c 'import pip' 2>/dev/null || python3 -m venv --clear .build/venv-pip

declare -A running=()
for name in "${wanted[@]}"; do
    make_environment "$name" &
    running[$name]=$!
done
failed=0
for name in "${!running[@]}"; do
    if ! wait "${running[$name]}"; then
        failed=1
        echo "The Python environment .build/$name could not be made from ${requirements[$name]}:" >&2
        grep -E '^ERROR' ".build/$name.log" | tail -3 | cut -c1-300 | sed -E 's#[a-z+]+://[^ ]+#(package source)#g' >&2 || true
    fi
done
exit "$failed"
