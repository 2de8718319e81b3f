#!/bin/sh
# What continuous integration runs: needs make and a C compiler; with roost in PATH, the calls in calls/ too.
set -eu
cd "$(dirname "$0")"
make CFLAGS='-O2 -g -Werror'
if command -v roost >/dev/null; then roost plugin test; fi
