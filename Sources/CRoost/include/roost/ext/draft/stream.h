// The client's connection for one call: an author may free it during a long wait, and the client polls for the result.
#ifndef ROOST_EXT_STREAM_H
#define ROOST_EXT_STREAM_H

#include "../../host.h"

#define ROOST_EXT_STREAM "roost.stream/1"

ROOST_BEGIN

typedef struct roost_host_stream {
    uint32_t size;
    uint32_t reserved;

    // Closes the client's stream for `call`, telling it to come back after `retry_ns`; the call goes on and its result is
    // kept for the client. Returns ROOST_UNSUPPORTED when the client cannot resume (any revision but 2025-11-25, stdio):
    // nothing is closed then.
    // [any]
    roost_status (*ROOST_NONNULL ROOST_SENDABLE close)(const roost_host *ROOST_NONNULL host, roost_call call, uint64_t retry_ns);
} roost_host_stream;

ROOST_END
#endif
