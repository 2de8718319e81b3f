// Calls a function that is not there.
#include "faults.h"

void jump_to_nowhere(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    void (*volatile nowhere)(void) = NULL;
    nowhere();
    __asm__ volatile("");
}
