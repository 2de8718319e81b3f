#define _GNU_SOURCE
#include "fault_report.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

// libdispatch and the plugins of whom we know leave this signal deliverable on every thread, and nobody else uses it.
#define SAMPLE SIGPROF

enum { FRAMES = 96, STACKS = 64, MODULES = 64, PATH = 248, FAULT_STACK = 64 << 10 };
static const uint64_t NOWHERE = UINT64_MAX;
static const char DESCRIPTORS[] = "/proc/self/fd/";

typedef struct stack {
    uint32_t thread;
    _Atomic uint32_t count;
    uint64_t address[FRAMES];
    uint64_t base[FRAMES];
} stack;

typedef struct module {
    uint64_t base;
    char path[PATH];
} module;

struct clinux_fault_report {
    _Atomic uint32_t owner; // the thread that faulted first
    int32_t signal;
    int32_t code;
    uint64_t address;
    _Atomic uint32_t modules;
    _Atomic uint32_t samples;
    stack stacks[STACKS + 1];
    module module[MODULES];
};

static struct clinux_fault_report *shared;

static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGTRAP, SIGFPE};
enum { FAULTS = sizeof faults / sizeof *faults };
static struct sigaction before[FAULTS];

// MARK: In the handlers: no locks, no allocation, nothing of stdio

static uint32_t this_thread(void) { return (uint32_t)syscall(SYS_gettid); }

static void note_module(uint64_t base, const char *path) {
    uint32_t count = atomic_load(&shared->modules);
    for (uint32_t i = 0; i < count && i < MODULES; i++)
        if (shared->module[i].base == base) return;
    uint32_t place = atomic_fetch_add(&shared->modules, 1);
    if (place >= MODULES) return;
    module *module = &shared->module[place];
    module->base = base;
    // A library that was opened by its descriptor: where its file lies, for readers to whom the descriptor means nothing.
    if (strncmp(path, DESCRIPTORS, sizeof DESCRIPTORS - 1) == 0 && readlink(path, module->path, PATH - 1) > 0) return;
    for (size_t i = 0; i + 1 < PATH && path[i] != 0; i++) module->path[i] = path[i];
}

static void add(stack *stack, uint64_t address) {
    uint32_t count = atomic_load(&stack->count);
    if (count >= FRAMES) return;
    struct dl_find_object found;
    stack->address[count] = address;
    stack->base[count] = NOWHERE;
    // The one lookup of the dynamic loader that takes no lock.
    if (_dl_find_object((void *)address, &found) == 0) {
        stack->base[count] = found.dlfo_link_map->l_addr;
        note_module(found.dlfo_link_map->l_addr, found.dlfo_link_map->l_name);
    }
    atomic_store(&stack->count, count + 1);
}

typedef struct walk {
    stack *stack;
    uint64_t from;
    int found;
} walk;

static _Unwind_Reason_Code step(struct _Unwind_Context *context, void *argument) {
    walk *walk = argument;
    int is_exact = 0;
    uint64_t address = _Unwind_GetIPInfo(context, &is_exact);
    if (address == walk->from) walk->found = 1;
    // What lies above is this handler. A return address may belong to the next function already: look at the call before it.
    if (walk->found && address != 0) add(walk->stack, is_exact ? address : address - 1);
    return atomic_load(&walk->stack->count) < FRAMES ? _URC_NO_REASON : _URC_NORMAL_STOP;
}

static void note_stack(stack *stack, const ucontext_t *context) {
#if defined(__x86_64__)
    uint64_t place = (uint64_t)context->uc_mcontext.gregs[REG_RIP];
#else
    uint64_t place = context->uc_mcontext.pc;
#endif
    walk walk = {stack, place, 0};
    struct dl_find_object found;
    // Code that is nowhere cannot be unwound: a call through a bad pointer has left its caller where a call leaves it.
    if (_dl_find_object((void *)place, &found) != 0) {
        add(stack, place);
#if defined(__x86_64__)
        add(stack, *(const uint64_t *)context->uc_mcontext.gregs[REG_RSP] - 1);
#else
        add(stack, context->uc_mcontext.regs[30] - 1);
#endif
    } else {
        _Unwind_Backtrace(step, &walk);
        if (atomic_load(&stack->count) == 0) add(stack, place);
    }
}

static void end_as_before(int signal) {
    for (int i = 0; i < FAULTS; i++)
        if (faults[i] == signal) sigaction(signal, &before[i], NULL);
}

static void fault(int signal, siginfo_t *information, void *context) {
    int error = errno;
    uint32_t thread = this_thread(), nobody = 0;
    if (atomic_compare_exchange_strong(&shared->owner, &nobody, thread)) {
        shared->signal = signal;
        shared->code = information->si_code;
        shared->address = information->si_code > 0 ? (uint64_t)information->si_addr : 0;
        shared->stacks[0].thread = thread;
        note_stack(&shared->stacks[0], context);
    } else if (nobody != thread) {
        // Another thread faulted first and takes the process along.
        for (int i = 0; i < 200; i++) nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
    end_as_before(signal);
    // The instruction that faulted faults again. A signal that somebody sent has to be sent again.
    if (information->si_code <= 0) syscall(SYS_tgkill, getpid(), thread, signal);
    errno = error;
}

static void sample(int signal, siginfo_t *information, void *context) {
    (void)signal, (void)information;
    int error = errno;
    uint32_t place = atomic_fetch_add(&shared->samples, 1);
    if (place < STACKS) {
        stack *stack = &shared->stacks[place + 1];
        note_stack(stack, context);
        // Last: it says that the rest is there.
        __atomic_store_n(&stack->thread, this_thread(), __ATOMIC_RELEASE);
    }
    errno = error;
}

// MARK: In the cell

int clinux_fault_watch(int descriptor) {
    struct clinux_fault_report *report =
        mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (report == MAP_FAILED) return errno;
    close(descriptor);
    shared = report;
    clinux_fault_stack_begin();
    struct sigaction action = {.sa_sigaction = fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (int i = 0; i < FAULTS; i++) {
        // A fault inside the handler must get through, or the kernel ends the process without its own signal.
        sigdelset(&action.sa_mask, faults[i]);
    }
    for (int i = 0; i < FAULTS; i++)
        if (sigaction(faults[i], &action, &before[i]) != 0) return errno;
    action.sa_sigaction = sample;
    action.sa_flags |= SA_RESTART;
    return sigaction(SAMPLE, &action, NULL) == 0 ? 0 : errno;
}

void *clinux_fault_stack_begin(void) {
    if (shared == NULL) return NULL;
    void *memory = mmap(NULL, FAULT_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return NULL;
    sigaltstack(&(stack_t){.ss_sp = memory, .ss_size = FAULT_STACK}, NULL);
    return memory;
}

void clinux_fault_stack_end(void *memory) {
    if (memory == NULL) return;
    sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
    munmap(memory, FAULT_STACK);
}

// MARK: In the host

int clinux_fault_make(void) {
    int descriptor = memfd_create("roost-fault", MFD_CLOEXEC);
    if (descriptor < 0) return -1;
    if (ftruncate(descriptor, sizeof(struct clinux_fault_report)) == 0) return descriptor;
    int error = errno;
    close(descriptor);
    errno = error;
    return -1;
}

int clinux_fault_sample(pid_t process, pid_t thread) {
    return syscall(SYS_tgkill, process, thread, SAMPLE) == 0 ? 0 : errno;
}

static uint32_t at_most(uint32_t value, uint32_t most) { return value < most ? value : most; }

const clinux_fault_report *clinux_fault_copy(int descriptor) {
    struct clinux_fault_report *copy = calloc(1, sizeof *copy);
    if (copy == NULL) return NULL;
    if (pread(descriptor, copy, sizeof *copy, 0) != (ssize_t)sizeof *copy) {
        free(copy);
        return NULL;
    }
    copy->modules = at_most(copy->modules, MODULES);
    copy->samples = at_most(copy->samples, STACKS);
    for (uint32_t i = 0; i <= STACKS; i++) copy->stacks[i].count = at_most(copy->stacks[i].count, FRAMES);
    for (uint32_t i = 0; i < MODULES; i++) copy->module[i].path[PATH - 1] = 0;
    return copy;
}

clinux_fault clinux_fault_of(const clinux_fault_report *report) {
    return (clinux_fault){report->owner, report->signal, report->code, report->address};
}

uint32_t clinux_fault_stacks(const clinux_fault_report *report) { return report->samples + 1; }

uint32_t clinux_fault_thread(const clinux_fault_report *report, uint32_t stack) { return report->stacks[stack].thread; }

uint32_t clinux_fault_frames(const clinux_fault_report *report, uint32_t stack) { return report->stacks[stack].count; }

uint64_t clinux_fault_frame(const clinux_fault_report *report, uint32_t stack, uint32_t frame) {
    return report->stacks[stack].address[frame];
}

const char *clinux_fault_module(const clinux_fault_report *report, uint32_t stack, uint32_t frame, uint64_t *base) {
    *base = report->stacks[stack].base[frame];
    for (uint32_t i = 0; i < report->modules && *base != NOWHERE; i++)
        if (report->module[i].base == *base) return report->module[i].path;
    return NULL;
}
