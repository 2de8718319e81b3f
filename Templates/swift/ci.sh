#!/bin/sh
# What continuous integration runs: needs the Swift tool chain; with roost in PATH, the calls in calls/ too.
set -eu
cd "$(dirname "$0")"
swift build
swift test
if command -v roost >/dev/null; then roost plugin test; fi
