// HTTP requests through the host: its connections, its limits, its secrets. A plugin needs no network of its own.
//
// The host sends to the names and addresses in the plugin's `egress` list in host.yaml and to no others, follows redirects
// within it, and adds the header fields of `upstream` there. The same functions serve a plugin in the host and in a cell.
#ifndef ROOST_EXT_HTTP_H
#define ROOST_EXT_HTTP_H

#include "../host.h"

#define ROOST_EXT_HTTP "roost.http/1"

ROOST_BEGIN

// Names one request. Never 0, never used twice for one plugin instance.
typedef uint64_t roost_http;

// Why a request got no answer; the message says more.
typedef int32_t roost_http_cause;
enum {
    ROOST_HTTP_ANSWERED = 0,
    ROOST_HTTP_REFUSED = 1,    // the request itself is wrong, or egress does not allow its address
    ROOST_HTTP_RESOLVE = 2,    // the name leads to no address
    ROOST_HTTP_CONNECT = 3,    // nobody answered there
    ROOST_HTTP_TLS = 4,        // the other side cannot be trusted
    ROOST_HTTP_TIMEOUT = 5,    // its time, or its call's, has passed
    ROOST_HTTP_CANCELLED = 6,  // by cancel, by the end of its call, or because the plugin stops
    ROOST_HTTP_TOO_LARGE = 7,  // the answer is longer than max_body
    ROOST_HTTP_BROKEN = 8,     // the other side broke HTTP, or off
};

enum {
    ROOST_HTTP_STREAM_ANSWER = 1 << 0,   // on_head and on_body bring the answer as it comes; without it on_done brings it whole
    ROOST_HTTP_STREAM_REQUEST = 1 << 1,  // the body follows by write; `body` must be empty
    ROOST_HTTP_IDEMPOTENT = 1 << 2,      // may be sent again like a GET, whatever its method
    ROOST_HTTP_ONCE = 1 << 3,            // is never sent again, not after 429 and 503 either
    ROOST_HTTP_NO_REDIRECT = 1 << 4,     // a redirect is the answer
};

typedef struct roost_http_field {
    roost_view name;
    roost_view value;
} roost_http_field;

// Everything it points to is copied before send returns.
typedef struct roost_http_request {
    uint32_t size;
    uint32_t flags;     // ROOST_HTTP_*
    roost_view method;  // empty: GET
    roost_view url;     // absolute, http or https, without user name and password
    const roost_http_field *ROOST_NULLABLE fields;  // Host, Connection, Content-Length and the like are the host's
    size_t field_count;
    roost_view body;
    uint64_t timeout_ns;  // for everything, redirects and repetitions included. 0: 30 s; never longer than the call has
    uint64_t max_body;    // bytes of a whole answer, after decompression. 0, or too many: what the host allows (30 MB)
} roost_http_request;

typedef struct roost_http_answer {
    uint32_t size;
    uint32_t status;
    const roost_http_field *ROOST_NULLABLE fields;
    size_t field_count;
    roost_view url;   // what answered, after redirects
    roost_view body;  // empty in on_head
} roost_http_answer;

// Whom the host tells about one request. Copied by send; `context` lives until on_done. Everything else is lent for the time
// of the call. Functions come one at a time for one request, perhaps before send has returned, never inside of it; after stop
// has returned and what was open then was cancelled, none comes.
typedef struct roost_http_handler {
    uint32_t size;
    uint32_t reserved;
    void *ROOST_NULLABLE context;

    // A streamed answer begins. NULL: of no interest.
    // [worker]
    void (*ROOST_NULLABLE ROOST_SENDABLE on_head)(void *ROOST_NULLABLE context, roost_http request,
                                                  const roost_http_answer *ROOST_NONNULL answer);

    // A piece of a streamed answer. 256 KiB come unasked, and as much again as `consumed` gives back.
    // [worker]
    void (*ROOST_NULLABLE ROOST_SENDABLE on_body)(void *ROOST_NULLABLE context, roost_http request, roost_view bytes);

    // So many more bytes of a streamed body may be written. 256 KiB may be without being asked.
    // [worker]
    void (*ROOST_NULLABLE ROOST_SENDABLE on_room)(void *ROOST_NULLABLE context, roost_http request, uint64_t bytes);

    // The end, exactly once. `answer` is NULL unless the cause is ROOST_HTTP_ANSWERED and the answer was not streamed.
    // `message` is a sentence for people, empty when there was an answer.
    // [worker]
    void (*ROOST_NONNULL ROOST_SENDABLE on_done)(void *ROOST_NULLABLE context, roost_http request, roost_http_cause cause,
                                                 roost_view message, const roost_http_answer *ROOST_NULLABLE answer);
} roost_http_handler;

typedef struct roost_host_http {
    uint32_t size;
    uint32_t reserved;

    // Begins a request for `call`, or with 0 for the plugin itself. The end or cancellation of the call ends the request.
    // Returns 0, and calls no function, when the call has ended or the plugin is stopped.
    // [any]
    roost_http (*ROOST_NONNULL ROOST_SENDABLE send)(const roost_host *ROOST_NONNULL host, roost_call call,
                                                    const roost_http_request *ROOST_NONNULL request,
                                                    const roost_http_handler *ROOST_NONNULL handler);

    // Adds to a streamed body; the last piece may be empty. Copies `bytes`. Returns ROOST_ERROR for a piece beyond the room
    // that was given, which is not sent, and ROOST_UNKNOWN_CALL when the request has ended.
    // [any]
    roost_status (*ROOST_NONNULL ROOST_SENDABLE write)(const roost_host *ROOST_NONNULL host, roost_http request, roost_view bytes,
                                                       bool is_last);

    // Gives back room for a streamed answer: so many bytes of on_body are done with.
    // [any]
    void (*ROOST_NONNULL ROOST_SENDABLE consumed)(const roost_host *ROOST_NONNULL host, roost_http request, uint64_t bytes);

    // Asks for an early end; on_done still comes. Harmless for a request that has ended.
    // [any]
    void (*ROOST_NONNULL ROOST_SENDABLE cancel)(const roost_host *ROOST_NONNULL host, roost_http request);
} roost_host_http;

ROOST_END
#endif
