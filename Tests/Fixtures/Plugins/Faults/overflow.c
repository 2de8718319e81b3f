// Calls itself until its stack is used up.
#include "faults.h"

static int depth(volatile int level) {
    volatile char frame[4096];
    if (level < 0) return 0;
    frame[0] = (char)level;
    return depth(level + 1) + frame[0];
}

void exhaust_the_stack(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    depth(0);
}
