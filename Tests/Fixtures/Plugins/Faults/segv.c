// Writes to an address that is not there.
#include "faults.h"

void write_to_nowhere(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    *(volatile int *)0x10 = 1;
}
