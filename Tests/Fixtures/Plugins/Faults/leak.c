// Asks for memory and never gives it back, until there is none.
#include <stdlib.h>
#include "faults.h"

void leak_until_it_hurts(const roost_host *host, roost_call call) {
    // Bounded, so that a test without a limit does not take the machine along.
    for (int blocks = 0; blocks < 4096; blocks++)
        if (malloc((size_t)16 << 20) == NULL) abort();
    answer(host, call, "there was enough");
}
