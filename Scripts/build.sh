#!/bin/bash
# Builds the host and every shipped plugin in release, with visible progress.
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/require-swift.sh
Scripts/install-packages.sh $(cat Scripts/packages/build.txt)
"${SWIFT:-swift}" build -c release
