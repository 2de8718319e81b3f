// Burns a processor on a thread of its own and never answers.
#include "faults.h"

static void *spin(void *argument) {
    for (volatile unsigned long turns = 0;; turns++) {}
    return argument;
}

void spin_for_ever(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    on_a_thread(spin);
}
