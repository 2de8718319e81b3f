#!/bin/bash
# Installs the named Debian packages that are missing; silent when none is.
#
#   Scripts/install-packages.sh libsqlite3-dev nginx-light
set -euo pipefail

if ! command -v dpkg >/dev/null; then
    echo "This is not Debian, so nothing was installed. Needed, by their Debian names: $*" >&2
    exit 0
fi

missing=()
for package in "$@"; do
    dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Expected these Debian packages: ${missing[*]}. Installing them takes root, and there is no sudo." \
            "As root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Installing ${missing[*]} …"
output=$(mktemp)
trap 'rm -f "$output"' EXIT
install() {
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
if ! install >"$output" 2>&1 </dev/null; then
    grep -E '^E:' "$output" | sed -E 's#[a-z+]+://[^ ]+#(package source)#g' | tail -5 >&2
    echo "apt-get could not install ${missing[*]}. Check the network and the package sources, then try again." >&2
    exit 1
fi
