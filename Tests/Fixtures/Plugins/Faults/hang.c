// Sleeps inside its call and listens to nobody.
#define _GNU_SOURCE
#include <unistd.h>
#include "faults.h"

void sleep_for_ever(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    for (;;) sleep(1000);
}
