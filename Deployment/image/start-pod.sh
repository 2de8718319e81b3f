#!/bin/sh
# What a Pod runs: SSH when the Pod has a key for it, the data folder on the volume, then the host as a user who is not root.
#
# The host replaces this shell, so that signals reach it.
set -eu

if [ -n "${PUBLIC_KEY:-}" ] && command -v sshd >/dev/null; then
    mkdir -p "$HOME/.ssh" /run/sshd
    printf '%s\n' "$PUBLIC_KEY" >>"$HOME/.ssh/authorized_keys"
    chmod 700 "$HOME/.ssh" && chmod 600 "$HOME/.ssh/authorized_keys"
    "$(command -v sshd)"
fi

data="${ROOST_DATA:-}"
if [ -z "$data" ] && [ -d /workspace ]; then data=/workspace/roost; fi
if [ "$(id -u)" = 0 ]; then
    # A new volume belongs to root.
    if [ -n "$data" ]; then
        mkdir -p "$data"
        chown roost: "$data"
    fi
    exec setpriv --reuid=roost --regid=roost --init-groups --no-new-privs roost serve --config /etc/roost/host.yaml "$@"
fi
exec roost serve --config /etc/roost/host.yaml "$@"
