#!/bin/bash
# Runs the image's steps without a container engine: a Debian root made by debootstrap, the scripts of Deployment/image inside
# it, then a tool call over HTTP answered by the user who is not root. Prints the size.
#
#   Scripts/image-check.sh [PRODUCTS]      default .build/release
#
# Needs root (chroot and mounts, in a mount namespace of its own) and debootstrap. ROOST_IMAGE_ROOT keeps the root for a look.
set -euo pipefail
cd "$(dirname "$0")/.."
products="${1:-.build/release}"
Scripts/install-packages.sh debootstrap

work="$(mktemp -d)"
# The folder is one of this machine; programs inside the root would look for it there.
unset TMPDIR
root="${ROOST_IMAGE_ROOT:-$work/root}"
mkdir -p "$root"
host=""
cleanup() {
    if [ -n "$host" ] && [ -d "/proc/$host" ]; then kill -TERM "$host"; wait "$host" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap cleanup EXIT

megabytes() { du -sm --one-file-system "$1" | cut -f1; }

echo "  … a Debian root"
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$work/debootstrap.log" 2>&1 \
    || { tail -5 "$work/debootstrap.log" >&2; exit 1; }
# What debian:bookworm-slim leaves out, so that the size can be compared.
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale,info}/*
base=$(megabytes "$root")

echo "  … the runtime"
for file in /etc/resolv.conf /etc/apt/apt.conf.d/*proxy*; do
    if [ -f "$file" ]; then install -D -m 644 "$file" "$root$file"; fi
done
if [ -f /etc/apt/sources.list ]; then cp /etc/apt/sources.list "$root/etc/apt/sources.list"; fi
if ls /etc/apt/sources.list.d/*.sources >/dev/null 2>&1; then cp /etc/apt/sources.list.d/*.sources "$root/etc/apt/sources.list.d/"; fi
cp Deployment/image/install-runtime.sh "$root/tmp/"
unshare --mount --fork sh -c 'mount -t proc proc "$1/proc"; shift_root=$1; shift; exec chroot "$shift_root" sh /tmp/install-runtime.sh "$@"' \
    sh "$root" $(cat Deployment/image/packages.txt) >"$work/runtime.log" 2>&1 || { tail -5 "$work/runtime.log" >&2; exit 1; }
Deployment/image/collect.sh "$products" "$root"
chroot "$root" ldconfig

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# start_host USER COMMAND…: runs a command in the root, as a user, and waits until /ping answers 200.
start_host() {
    local user="$1"
    shift
    cat >"$work/start.sh" <<END
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
exec chroot --userspec=$user "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/lib/roost \
    ROOST_AUTH=platform ROOST_BUNDLE=demo HOST=127.0.0.1 PORT=$port $*
END
    unshare --mount sh "$work/start.sh" >"$work/host.log" 2>&1 &
    host=$!
    local status=""
    for _ in $(seq 1 300); do
        status=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/ping" || true)
        if [ "$status" = 200 ] || [ ! -d "/proc/$host" ]; then break; fi
        sleep 0.1
    done
    if [ "$status" != 200 ]; then
        echo "expected 200 from /ping, found ${status:-nothing}; the host's log:" >&2
        cat "$work/host.log" >&2
        exit 1
    fi
    if [ "$(stat -c %u "/proc/$host")" = 0 ]; then
        echo "expected a host of a user who is not root, found root" >&2
        exit 1
    fi
}

stop_host() {
    kill -TERM "$host"
    local status=0
    wait "$host" || status=$?
    host=""
    if [ "$status" -ne 0 ]; then
        echo "expected a host that ends with status 0, found $status" >&2
        exit 1
    fi
}

echo "  … a Pod, from its start script as root"
mkdir -p "$root/workspace"
start_host root:root ROOST_MODE=pod start-pod
if [ ! -d "$root/workspace/roost/images" ]; then
    echo "expected the data of a Pod in /workspace/roost, found none" >&2
    exit 1
fi
stop_host
rm -rf "$root/workspace"

echo "  … a load-balancing worker, as the image's user"
start_host roost:roost ROOST_MODE=load-balancer roost serve --config /etc/roost/host.yaml
answer=$(curl -s "http://127.0.0.1:$port/mcp/echo" -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \
    -H 'MCP-Protocol-Version: 2025-06-18' -H 'Connection: close' \
    -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":2,"b":40}}}' || true)
case "$answer" in
*'"sum":42'*) ;;
*)
    echo "expected a tool call answered with 42, found: $answer" >&2
    cat "$work/host.log" >&2
    exit 1
    ;;
esac
if [ -n "$(find "$root" -xdev \( -name 'gcc*' -o -name swiftc -o -name clang \) -type f -perm -u+x -print -quit)" ]; then
    echo "expected no compiler in the image, found one" >&2
    exit 1
fi

user=$(stat -c %u "/proc/$host")
stop_host
total=$(megabytes "$root")
cp "$work/host.log" .build/image-check.log
echo "  ✔ add(2, 40) = 42, answered by user $user; ended with status 0"
echo "  ✔ $total MB: Debian $base, libraries of Debian and users $((total - base - $(megabytes "$root/usr/local"))), host, plugins and Swift $(megabytes "$root/usr/local")"
if [ "$total" -ge 250 ]; then
    echo "expected less than 250 MB, found $total" >&2
    exit 1
fi
