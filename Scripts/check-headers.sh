#!/bin/bash
# Each public header compiles by itself, without a warning, under two compilers and three dialects.
set -euo pipefail
cd "$(dirname "$0")/../Sources/CRoost/include"

compilers_of() {
    case "$1" in
        c*+*) echo "g++ clang++" ;;
        *) echo "gcc clang" ;;
    esac
}

checked=0
unit=$(mktemp -d)
trap 'rm -rf "$unit"' EXIT
for standard in c11 c17 c++17; do
    language=c
    if [ "$standard" = c++17 ]; then language=c++; fi
    for compiler in $(compilers_of "$standard"); do
        for header in $(find roost -name '*.h' | sort); do
            echo "#include \"$header\"" >"$unit/one.c"
            "$compiler" -x "$language" -std="$standard" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I. "$unit/one.c" ||
                { echo "error: $header does not compile with $compiler as $standard"; exit 1; }
            checked=$((checked + 1))
        done
    done
done
echo "$checked compilations without a warning"
