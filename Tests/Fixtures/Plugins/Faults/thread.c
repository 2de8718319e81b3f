// Faults on a thread of its own, after the call has returned.
#include <pthread.h>
#include <stdlib.h>
#include "faults.h"

void on_a_thread(void *(*body)(void *)) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, body, NULL) != 0) abort();
    pthread_detach(thread);
}

static void *fault_there(void *argument) {
    *(volatile int *)0x10 = 1;
    return argument;
}

void fault_on_a_thread(const roost_host *host, roost_call call) {
    (void)host, (void)call;
    on_a_thread(fault_there);
}
