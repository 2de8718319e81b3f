// Runs into the instruction that a Swift program ends with when a precondition fails.
#include "faults.h"

void hit_a_trap(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    __builtin_trap();
}
