// Floods standard error and the log, then answers.
#include <stdio.h>
#include <string.h>
#include "faults.h"

void chatter(const roost_host *host, roost_call call) {
    static const char line[] = "\"the same words again and again and again and again and again and again\"";
    const roost_host_log *log = host->get_extension(host, ROOST_EXT_LOG);
    roost_view name = {(const uint8_t *)"chatty", 6}, text = {(const uint8_t *)line, sizeof line - 1};
    for (int turn = 0; turn < 1000; turn++) {
        fprintf(stderr, "%d %s\n", turn, line);
        log->write(host, call, ROOST_LOG_DEBUG, name, text);
    }
    answer(host, call, "that was all");
}
