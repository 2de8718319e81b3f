// Says why on standard error, as a failed assertion does, and gives up.
#include <stdio.h>
#include <stdlib.h>
#include "faults.h"

void give_up(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    fprintf(stderr, "Fatal error: the last words\n");
    abort();
}
