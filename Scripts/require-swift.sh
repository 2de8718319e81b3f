#!/bin/bash
# Stops with a sentence unless Swift 6.3 or newer answers.
set -euo pipefail

if ! command -v swift >/dev/null; then
    echo "Expected the Swift 6.3 toolchain, found no 'swift' in PATH. Install it from swift.org/install/linux" \
        "and put its usr/bin into PATH." >&2
    exit 1
fi

found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -1)
major=${found%%.*}
minor=${found##*.}
if [ -z "$found" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 3 ]; }; then
    echo "Expected Swift 6.3 or newer, found ${found:-a swift that does not tell its version} at" \
        "$(command -v swift). Install it from swift.org/install/linux." >&2
    exit 1
fi
