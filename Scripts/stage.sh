# Sourced by the other scripts: runs one named stage quietly and says how long it took.
#
#   stage "name" command argument…     output goes to $STAGE_LOG; on failure the end of it is shown and the script exits.
#                                      (with STAGES_GO_ON=yes it counts in stages_failed instead).
#                                      A function as command must return its own status: errexit does not reach into it

STAGE_LOG="${STAGE_LOG:-.build/stage.log}"
mkdir -p "$(dirname "$STAGE_LOG")"
: >"$STAGE_LOG"
stages_failed=0

stage() {
    local name="$1" started elapsed first_line progress=""
    shift
    started=$(date +%s%N)
    first_line=$(($(wc -l <"$STAGE_LOG") + 1))
    echo "=== $name" >>"$STAGE_LOG"
    if [ -t 1 ]; then
        show_progress "$name" &
        progress=$!
    fi
    local status=0
    "$@" >>"$STAGE_LOG" 2>&1 || status=$?
    if [ -n "$progress" ]; then
        kill "$progress" 2>/dev/null || true
        wait "$progress" 2>/dev/null || true
        printf '\r\033[K'
    fi
    if [ "$status" -eq 0 ]; then
        elapsed=$((($(date +%s%N) - started) / 100000000))
        printf '  ✔ %-34s %4d.%d s\n' "$name" $((elapsed / 10)) $((elapsed % 10))
    else
        printf '  ✘ %s failed (exit status %d)\n\n' "$name" "$status"
        stage_failure "$first_line"
        printf '\nThe full log: %s\n' "$STAGE_LOG"
        stages_failed=$((stages_failed + 1))
        if [ "${STAGES_GO_ON:-no}" = no ]; then exit "$status"; fi
        echo
    fi
}

# For a person at a terminal: the stage's name and the last line it wrote.
show_progress() {
    while :; do
        printf '\r\033[K  … %s  %s' "$1" "$(tail -c 300 "$STAGE_LOG" | tr '\r' '\n' | tail -1 | cut -c1-60)"
        sleep 0.5
    done
}

# The end of what the stage wrote, then the lines that name a cause: last, where a log that is cut still shows them.
stage_failure() {
    tail -n "+$1" "$STAGE_LOG" | tail -30
    echo "  ---- the causes"
    tail -n "+$1" "$STAGE_LOG" | grep -E 'error:|recorded an issue|FAILED|^fail |Fatal error|signal code' | tail -40 || true
}
