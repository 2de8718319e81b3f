#!/bin/sh
# Makes a Debian root ready to run Roost: the libraries it needs and a user who is not root. Runs inside that root, before the
# collected tree is copied over it.
#
#   install-runtime.sh PACKAGES…
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@" >/dev/null
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/share/doc/* /usr/share/man/* /usr/share/locale/* /var/cache/debconf/*-old
useradd --system --uid 10001 --home-dir /var/lib/roost --create-home --shell /usr/sbin/nologin roost
# host.yaml's default for data is var beside it; where RunPod mounts a volume, that one is taken.
mkdir -p /etc/roost
ln -sfn /var/lib/roost /etc/roost/var
