#!/bin/bash
# What a reviewer need not look for: format, headers, ABI, symbols, linkage, the README's plugin.
# Warnings are errors in every target (Package.swift), so the build is a check too.
set -euo pipefail
cd "$(dirname "$0")/.."

STAGE_LOG=.build/check.log
STAGES_GO_ON=yes
source Scripts/stage.sh

Scripts/require-swift.sh
Scripts/install-packages.sh $(cat Scripts/packages/build.txt) gcc g++ binutils

stage "format" swift format lint --strict --recursive --parallel Package.swift Sources Plugins Tests
stage "headers: C11, C17, C++17" Scripts/check-headers.sh
stage "ABI against Tests/Fixtures/abi-v1" python3 Scripts/abi_layout.py
stage "build" "${SWIFT:-swift}" build
stage "exported symbols" Scripts/check-symbols.sh .build/debug
stage "linkage" Scripts/check-linkage.sh .build/debug
stage "the plugin of README.md compiles" Scripts/check-readme.sh .build/debug
if [ "$stages_failed" -gt 0 ]; then
    echo "$stages_failed of the checks failed."
    exit 1
fi
echo "Everything holds."
