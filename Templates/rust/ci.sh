#!/bin/sh
# What continuous integration runs: needs cargo; with roost in PATH, the calls in calls/ too.
set -eu
cd "$(dirname "$0")"
cargo build
cargo test
if command -v roost >/dev/null; then roost plugin test; fi
