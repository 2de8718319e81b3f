// What a plugin is: one exported function that leads to everything else.
//
//   roost_plugin_entry_v1() -> entry -> create(host, config) -> plugin -> start -> call … complete -> stop -> destroy
#ifndef ROOST_PLUGIN_H
#define ROOST_PLUGIN_H

#include "host.h"

ROOST_BEGIN

// Who the plugin is. Static: the same for every instance, readable before one is created.
typedef struct roost_plugin_descriptor {
    uint32_t size;
    uint32_t max_concurrent_calls;           // calls it takes at once. 0: no limit of its own. 1: the host serialises them
    const char *ROOST_NONNULL id;            // reverse DNS, stable for ever: "dev.example.weather"
    const char *ROOST_NONNULL name;          // for people
    const char *ROOST_NONNULL version;       // semantic version of the plugin
    const char *ROOST_NULLABLE toolchain;    // what built it, "Swift 6.3.1"; NULL when it has no runtime to share (C, Rust)
} roost_plugin_descriptor;

enum {
    ROOST_REQUEST_WANTS_PROGRESS = 1 << 0,  // the client asked for progress: worth computing it
};

// One request. Everything it points to lives until complete() returns for the call.
typedef struct roost_request {
    uint32_t size;
    uint32_t flags;                // ROOST_REQUEST_*
    roost_view method;             // "tools/call" "resources/read" "prompts/get" "completion/complete"
    roost_view target;             // the tool's or prompt's name, or the resource's URI, as in the manifest
    roost_view arguments;          // JSON object, as the client sent it, already valid by the tool's inputSchema. For
                                   // completion/complete: the params object
    roost_view input_responses;    // JSON object: answers by key. Empty on the first round
    roost_view state;              // the `state` of the round before, verified by the host. Empty on the first round
    roost_view context;            // JSON object: protocolVersion, clientCapabilities, clientInfo?, principal?, logLevel?, meta?
    uint64_t deadline_ns;          // CLOCK_MONOTONIC. 0: none
} roost_request;

typedef struct roost_plugin {
    uint32_t size;
    uint32_t reserved;
    void *ROOST_NULLABLE context;    // the plugin's own

    // Opens what the plugin needs. On failure it says why through the log extension and may be started again.
    // [control & created or stopped]
    roost_status (*ROOST_NONNULL start)(const struct roost_plugin *ROOST_NONNULL plugin);

    // Closes it again. Comes when no call is open, or when the drain deadline has passed: late completions are ignored.
    // [control & started]
    void (*ROOST_NONNULL stop)(const struct roost_plugin *ROOST_NONNULL plugin);

    // Frees the instance. The host table must not be used afterwards.
    // [control & !started]
    void (*ROOST_NONNULL destroy)(const struct roost_plugin *ROOST_NONNULL plugin);

    // What the plugin serves, as a JSON object (Documentation/Manifest.md). Asked before start, and again after the plugin
    // reported a change (ext/manifest.h). Valid until the next call of this function or destroy.
    // [control]
    roost_view (*ROOST_NONNULL manifest)(const struct roost_plugin *ROOST_NONNULL plugin);

    // Begins a call and returns promptly; the call ends only through host->complete, which may come before this returns.
    // [worker & started, several at once]
    void (*ROOST_NONNULL call)(const struct roost_plugin *ROOST_NONNULL plugin, roost_call call,
                               const roost_request *ROOST_NONNULL request);

    // Asks for an early end; the plugin must still complete the call. May come late, for a call that has ended: ignore it then.
    // [any & started]
    void (*ROOST_NONNULL cancel)(const struct roost_plugin *ROOST_NONNULL plugin, roost_call call);

    // The plugin's side of an extension, or NULL. Valid until destroy.
    // [any]
    const void *ROOST_NULLABLE (*ROOST_NONNULL get_extension)(const struct roost_plugin *ROOST_NONNULL plugin,
                                                              const char *ROOST_NONNULL id);
} roost_plugin;

typedef struct roost_plugin_entry {
    uint32_t size;
    uint16_t abi_major;    // ROOST_ABI_MAJOR of the header it was compiled with
    uint16_t abi_minor;
    const roost_plugin_descriptor *ROOST_NONNULL descriptor;

    // Makes an instance without starting it: no thread, no file, no work that takes longer than a millisecond.
    // `host` outlives the instance; `config` (the plugin's `config:` in host.yaml as a JSON object) lives until this returns.
    // Returns NULL when the configuration cannot be used, having said why through the log extension.
    // [control]
    const roost_plugin *ROOST_NULLABLE (*ROOST_NONNULL create)(const roost_host *ROOST_NONNULL host, roost_view config);
} roost_plugin_entry;

// The one symbol a plugin exports. It returns a constant and runs no code of its own.
// [any]
ROOST_EXPORT const roost_plugin_entry *ROOST_NONNULL roost_plugin_entry_v1(void);

typedef const roost_plugin_entry *ROOST_NONNULL (*roost_plugin_entry_fn)(void);
#define ROOST_PLUGIN_ENTRY_SYMBOL "roost_plugin_entry_v1"

ROOST_END
#endif
