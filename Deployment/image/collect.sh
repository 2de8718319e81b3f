#!/bin/bash
# Puts together what an image holds of this project: host, plugins, the Swift libraries they need, a host.yaml.
#
#   Deployment/image/collect.sh PRODUCTS TREE [LIBRARY…]
#
# PRODUCTS: a build folder such as .build/release. TREE: the folder that becomes the image's root. Without libraries, those
# Package.swift ships. Symbols stay, for the names in crash reports; debug information goes.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
products="$1" tree="$2"
shift 2
if [ "$#" -eq 0 ]; then
    mapfile -t libraries <"$here/plugins.txt"
else
    libraries=("$@")
fi

for file in roost "${libraries[@]}"; do
    if [ ! -f "$products/$file" ]; then
        echo "expected $products/$file, found none: build it first (make build)" >&2
        exit 1
    fi
done

mkdir -p "$tree/usr/local/bin" "$tree/usr/local/lib/roost" "$tree/usr/local/lib/swift" "$tree/etc/roost" "$tree/etc/ld.so.conf.d"
strip --strip-debug -o "$tree/usr/local/bin/roost" "$products/roost"
for library in "${libraries[@]}"; do
    strip --strip-debug -o "$tree/usr/local/lib/roost/$library" "$products/$library"
done
chmod 755 "$tree/usr/local/bin/roost"

# The Swift libraries come from the toolchain; everything else from Debian's packages.
for file in roost "${libraries[@]}"; do
    ldd "$products/$file"
done | awk '$3 ~ /\/swift\/linux\// { print $3 }' | sort -u | while read -r library; do
    # What they export stays; their inner names would take another 13 MB.
    strip --strip-unneeded -o "$tree/usr/local/lib/swift/$(basename "$library")" "$library"
done
echo /usr/local/lib/swift >"$tree/etc/ld.so.conf.d/swift.conf"
cp "$here/host.yaml" "$tree/etc/roost/host.yaml"
cp "$here/start-pod.sh" "$tree/usr/local/bin/start-pod"
chmod 755 "$tree/usr/local/bin/start-pod"
