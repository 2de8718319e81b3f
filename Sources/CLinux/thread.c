#include "clinux.h"
#include "fault_report.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

typedef struct start {
    void (*body)(void *);
    void *argument;
} start;

static void *run(void *given) {
    start start = *(struct start *)given;
    free(given);
    void *stack = clinux_fault_stack_begin();
    start.body(start.argument);
    clinux_fault_stack_end(stack);
    return NULL;
}

int clinux_start_thread(size_t stack, void (*body)(void *), void *argument) {
    start *start = malloc(sizeof *start);
    if (start == NULL) return ENOMEM;
    *start = (struct start){body, argument};
    pthread_attr_t attributes;
    int code = pthread_attr_init(&attributes);
    if (code == 0) {
        pthread_t thread;
        code = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        if (code == 0) code = pthread_attr_setstacksize(&attributes, stack);
        if (code == 0) code = pthread_create(&thread, &attributes, run, start);
        pthread_attr_destroy(&attributes);
    }
    if (code != 0) free(start);
    return code;
}
