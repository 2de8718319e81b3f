# Sourced by the other scripts: runs one named stage quietly and says how long it took.
#
#   stage "name" command argument…     output goes to $STAGE_LOG; on failure the end of it is shown and the script exits

STAGE_LOG="${STAGE_LOG:-.build/stage.log}"
mkdir -p "$(dirname "$STAGE_LOG")"
: >"$STAGE_LOG"

stage() {
    local name="$1" started elapsed first_line
    shift
    started=$(date +%s%N)
    first_line=$(($(wc -l <"$STAGE_LOG") + 1))
    echo "=== $name" >>"$STAGE_LOG"
    if [ -t 1 ]; then printf '  … %s\r' "$name"; fi
    if "$@" >>"$STAGE_LOG" 2>&1; then
        elapsed=$((($(date +%s%N) - started) / 100000000))
        printf '  ✔ %-34s %4d.%d s\n' "$name" $((elapsed / 10)) $((elapsed % 10))
    else
        local status=$?
        printf '  ✘ %s failed (exit status %d)\n\n' "$name" "$status"
        stage_failure "$first_line"
        printf '\nThe full log: %s\n' "$STAGE_LOG"
        exit "$status"
    fi
}

# The lines that name a cause, then the end of what the stage wrote.
stage_failure() {
    tail -n "+$1" "$STAGE_LOG" | grep -E 'error:|✘|FAILED|^fail ' | head -40 || true
    echo "  ---- the last lines"
    tail -n "+$1" "$STAGE_LOG" | tail -40
}
