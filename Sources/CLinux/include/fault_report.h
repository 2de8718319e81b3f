// What is left of a process that crashed: a memory that host and cell share, in which the cell writes where its threads
// stand when one of them faults, or when the host asks. Nothing is opened, allocated or locked at that moment.
#ifndef CLINUX_FAULT_REPORT_H
#define CLINUX_FAULT_REPORT_H

#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

// Makes the memory and returns a descriptor of it, or -1 and errno.
int clinux_fault_make(void);

// In the cell, early and on its first thread: takes the memory over, closes the descriptor, and from then on writes down
// where a thread stands that faults (SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGTRAP, SIGFPE) before the signal does what it did
// before, and where a thread stands that gets CLINUX_SAMPLE. Returns 0 or an errno value.
int clinux_fault_watch(int descriptor);

// Gives the calling thread a stack of its own for faults, so that an overflow of its stack can be written down too, and takes
// it away again. Both do nothing in a process that does not watch.
void *_Nullable clinux_fault_stack_begin(void);
void clinux_fault_stack_end(void *_Nullable stack);

// Asks a thread of a process of ours where it stands. Returns 0 or an errno value.
int clinux_fault_sample(pid_t process, pid_t thread);

// A copy of what was written, every count checked, to be given back with free; NULL when there is no memory.
typedef struct clinux_fault_report clinux_fault_report;
const clinux_fault_report *_Nullable clinux_fault_copy(int descriptor);

typedef struct clinux_fault {
    uint32_t thread; // 0: no thread faulted
    int32_t signal;
    int32_t code;
    uint64_t address;
} clinux_fault;
clinux_fault clinux_fault_of(const clinux_fault_report *report);

// Stacks: number 0 is the one of the fault, the others were asked for, in the order in which they answered.
uint32_t clinux_fault_stacks(const clinux_fault_report *report);
uint32_t clinux_fault_thread(const clinux_fault_report *report, uint32_t stack);
uint32_t clinux_fault_frames(const clinux_fault_report *report, uint32_t stack);
uint64_t clinux_fault_frame(const clinux_fault_report *report, uint32_t stack, uint32_t frame);

// The file that holds a frame's code and where it is loaded; NULL when it is unknown, empty for the program itself.
const char *_Nullable clinux_fault_module(const clinux_fault_report *report, uint32_t stack, uint32_t frame, uint64_t *base);

#pragma clang assume_nonnull end
#endif
