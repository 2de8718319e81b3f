// Values that cross the boundary, and the rules that hold for every function behind it.
//
// VERSION    The major version is part of the entry symbol (roost_plugin_entry_v1). Within a major, structs only grow at
//            the end: each starts with `size`, filled in by whoever owns it, and readers ask ROOST_HAS before a later field.
// MEMORY     A roost_view is borrowed for the span its declaration states. A roost_buffer is owned: it is moved to the
//            receiver, who releases it exactly once, on any thread. There is no shared allocator.
// TEXT       UTF-8, not NUL-terminated in a view. JSON is one complete value without a byte-order mark.
// TIME       Nanoseconds of CLOCK_MONOTONIC, in names that end in _ns. Sizes are bytes.
// THREADS    Every function names who may call it, and in which state of the plugin:
//              [control]   one thread at a time, never together with another [control] function of the same plugin;
//              [worker]    any host thread, several at once; must return promptly;
//              [any]       any thread of either side, several at once, also from inside a callback.
//            The host never calls a plugin from inside a call of that plugin into the host.
// STATES     created -> started -> draining -> stopped -> destroyed. A failed start leaves the plugin created.
#ifndef ROOST_BASE_H
#define ROOST_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define ROOST_BEGIN extern "C" {
#define ROOST_END }
#else
#define ROOST_BEGIN
#define ROOST_END
#endif

#define ROOST_EXPORT __attribute__((visibility("default")))

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wnullability-extension"  // -Wpedantic would warn at every pointer
#define ROOST_NONNULL _Nonnull
#define ROOST_NULLABLE _Nullable
#define ROOST_SENDABLE __attribute__((swift_attr("@Sendable")))
#else
#define ROOST_NONNULL
#define ROOST_NULLABLE
#define ROOST_SENDABLE
#endif

#define ROOST_ABI_MAJOR 1
#define ROOST_ABI_MINOR 1

// True when the sized struct behind `ptr`, as its owner filled it in, contains `field`.
#define ROOST_HAS(ptr, field) ((ptr)->size >= offsetof(__typeof__(*(ptr)), field) + sizeof((ptr)->field))

ROOST_BEGIN

// Borrowed bytes, never freed by the receiver. `data` may be NULL when `size` is 0.
typedef struct roost_view {
    const uint8_t *ROOST_NULLABLE data;
    size_t size;
} roost_view;

// Owned bytes. The receiver calls release(context) exactly once, on any thread, when it no longer needs them.
// A NULL release means the bytes live as long as the process.
typedef struct roost_buffer {
    const uint8_t *ROOST_NULLABLE data;
    size_t size;
    void *ROOST_NULLABLE context;
    // [any, once]
    void (*ROOST_NULLABLE ROOST_SENDABLE release)(void *ROOST_NULLABLE context);
} roost_buffer;

// Names one open call. Never 0, never used twice by one host for one plugin instance.
typedef uint64_t roost_call;

// How a function or a call ended. Always a 32-bit value on the wire between the two sides.
typedef int32_t roost_status;
enum {
    ROOST_OK = 0,
    ROOST_ERROR = 1,           // the buffer explains: an error object for a call, a sentence elsewhere
    ROOST_CANCELLED = 2,       // ended early because it was asked to
    ROOST_UNKNOWN_CALL = 3,    // the call has already ended, or never was
    ROOST_INPUT_REQUIRED = 4,  // the call needs answers first; see roost_host.complete
    ROOST_UNSUPPORTED = 5,     // this side cannot do that
};

ROOST_END
#endif
