#!/bin/bash
# Builds the host and every shipped plugin in release, with visible progress.
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/require-swift.sh
Scripts/install-packages.sh libsqlite3-dev libyaml-dev
"${SWIFT:-swift}" build -c release
