// What the host offers to every plugin. Optional abilities are extensions: see ext/.
#ifndef ROOST_HOST_H
#define ROOST_HOST_H

#include "base.h"

ROOST_BEGIN

typedef struct roost_host {
    uint32_t size;
    uint16_t abi_major;
    uint16_t abi_minor;
    void *ROOST_NULLABLE context;         // the host's own; plugins leave it alone
    const char *ROOST_NONNULL name;       // for logs only: never decide by it
    const char *ROOST_NONNULL version;
    roost_view alias;                     // the plugin's name in host.yaml. Valid until destroy returns
    roost_view data_directory;            // absolute path, exists, belongs to this alias. Valid until destroy returns

    // Ends `call`, exactly once; what `status` says decides what `result` holds:
    //   ROOST_OK              the result object of the method, as MCP shapes it: {"content":[…]} for tools/call
    //   ROOST_INPUT_REQUIRED  {"inputRequests":{key:{"method":…,"params":…}},"state":"…"}; the host asks the client and makes
    //                         a new call with the answers (input_responses) and the same state. At least one must be there
    //   ROOST_ERROR           an error object: {"code":-32602,"message":"…","data":…}
    //   ROOST_CANCELLED       nothing
    // `result` moves to the host whatever this returns. Valid from inside plugin.call, after a cancel and after the deadline.
    // Returns ROOST_UNKNOWN_CALL when `call` has already ended: the host logs that as a fault of the plugin.
    // [any]
    roost_status (*ROOST_NONNULL ROOST_SENDABLE complete)(const struct roost_host *ROOST_NONNULL host, roost_call call,
                                                          roost_status status, roost_buffer result);

    // True once `call` was cancelled, passed its deadline, or ended. May turn true at any time.
    // [any]
    bool (*ROOST_NONNULL ROOST_SENDABLE is_cancelled)(const struct roost_host *ROOST_NONNULL host, roost_call call);

    // The struct that an extension's header describes, or NULL when this host does not offer it. Valid until destroy returns.
    // [any]
    const void *ROOST_NULLABLE (*ROOST_NONNULL ROOST_SENDABLE get_extension)(const struct roost_host *ROOST_NONNULL host,
                                                                             const char *ROOST_NONNULL id);
} roost_host;

ROOST_END
#endif
