#!/bin/bash
# A plugin exports its one entry. The host exports nothing of ours, so that no plugin can bind to it.
#
#   Scripts/check-symbols.sh .build/debug
set -euo pipefail
cd "$(dirname "$0")/.."

directory="$1"
failed=0

exported() { nm --dynamic --defined-only --extern-only "$1" | awk '{ print $NF }' | sort; }

# The shipped plugins: a fixture may be wrong on purpose, and a dependency's library is not ours.
for folder in Plugins/*/; do
    library="$directory/lib$(basename "$folder").so"
    found=$(exported "$library" | tr '\n' ' ')
    if [ "$found" != "roost_plugin_entry_v1 " ]; then
        echo "error: expected $library to export roost_plugin_entry_v1 alone, found: ${found:0:600}"
        echo "       Link it with the version script Plugins/plugin.version."
        failed=1
    else
        echo "$library: roost_plugin_entry_v1"
    fi
done

# A Swift symbol begins with \$s, the length of its module's name, and the name.
ours='^roost_'
for module in $(ls Sources); do
    ours="$ours|^\\\$s${#module}$module"
done
found=$(exported "$directory/roost" | grep -E "$ours" || true)
if [ -n "$found" ]; then
    echo "error: expected the host to export no symbol of ours, found $(wc -l <<<"$found"): $(head -5 <<<"$found" | tr '\n' ' ')"
    echo "       Was it linked with -rdynamic or --export-dynamic?"
    failed=1
else
    echo "$directory/roost: nothing of ours"
fi
exit "$failed"
