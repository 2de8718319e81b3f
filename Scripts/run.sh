#!/bin/bash
# Builds in release and serves a configuration. The host itself prints its address and what to try.
#
#   Scripts/run.sh [host.yaml]
set -euo pipefail
cd "$(dirname "$0")/.."

config="${1:-host.yaml}"
if [ ! -f "$config" ]; then
    echo "Expected a configuration at $config, found none. Name another one: make run CONFIG=path/to/host.yaml" >&2
    exit 1
fi
if [ ! -x .build/release/roost ]; then
    echo "The first build takes some minutes; later ones take seconds."
fi
Scripts/build.sh
# host.yaml keeps its data in var; without the model, memories and documentation are found by their words only.
if [ "$config" = host.yaml ]; then
    Scripts/fetch-model.sh var/plugins/memory/model && Scripts/fetch-model.sh var/plugins/context7/model || true
fi
exec .build/release/roost serve --config "$config"
