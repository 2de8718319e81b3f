// libcurl as Swift can call it: loaded when it is first needed, its variadic functions with types, and its event loop.
//
// Loaded late because the library brings thirty others along, which cost each cell and each command four milliseconds
// that never sends a request. Nothing here may be called before ccurl_load has succeeded.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// Loads libcurl, once for the process. Returns NULL, or a sentence that says why there is none. Any thread.
const char *_Nullable ccurl_load(void);

// The version of the library that was loaded, "7.88.1".
const char *ccurl_version(void);

// MARK: Addresses

CURLU *_Nullable ccurl_url_new(void);
void ccurl_url_free(CURLU *url);
CURLUcode ccurl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags);
// Gives a string that ccurl_free takes back.
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char *_Nullable *_Nonnull text, unsigned int flags);
const char *ccurl_url_error(CURLUcode code);
void ccurl_free(void *pointer);

// MARK: Transfers

CURL *_Nullable ccurl_new(void);
void ccurl_delete(CURL *transfer);
CURLcode ccurl_set_long(CURL *transfer, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *transfer, CURLoption option, int64_t value);
CURLcode ccurl_set_text(CURL *transfer, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *transfer, CURLoption option, const void *value);
CURLcode ccurl_set_list(CURL *transfer, CURLoption option, struct curl_slist *_Nullable value);
CURLcode ccurl_set_data_function(CURL *transfer, CURLoption option,
                                 size_t (*function)(char *data, size_t size, size_t count, void *context));
CURLcode ccurl_set_open_socket(CURL *transfer,
                               curl_socket_t (*function)(void *context, curlsocktype purpose, struct curl_sockaddr *address));
CURLcode ccurl_set_before_request(CURL *transfer, int (*function)(void *context, char *address, char *local_address, int port,
                                                                  int local_port));
CURLcode ccurl_unpause(CURL *transfer);
long ccurl_get_long(CURL *transfer, CURLINFO info);
int64_t ccurl_get_size(CURL *transfer, CURLINFO info);
const char *ccurl_error(CURLcode code);
// NULL when there is no memory; the list is as it was then.
struct curl_slist *_Nullable ccurl_list_append(struct curl_slist *_Nullable list, const char *text);
void ccurl_list_free(struct curl_slist *_Nullable list);

// The bytes of an address in network order: 4, 16, or 0 of another family.
size_t ccurl_address_bytes(const struct curl_sockaddr *address, uint8_t *bytes, uint16_t *port);

// Closes the transfer's connection for sending, and keeps it from being used again; false when it has none.
// What the other side sends still comes. Only for a transfer that has its connection to itself.
bool ccurl_hang_up(CURL *transfer);

// MARK: The loop: libcurl's sockets in an epoll of its own

typedef struct ccurl_loop ccurl_loop;

// NULL when the system has no descriptors or memory left.
ccurl_loop *_Nullable ccurl_loop_new(long idle_connections);
// Every transfer was removed before.
void ccurl_loop_free(ccurl_loop *loop);
// Ends a wait, the current one or the next. Any thread; everything else is for the loop's own.
void ccurl_loop_wake(ccurl_loop *loop);
CURLMcode ccurl_loop_add(ccurl_loop *loop, CURL *transfer);
void ccurl_loop_remove(ccurl_loop *loop, CURL *transfer);
// Waits at most so many milliseconds (-1: for ever) for something to do, and lets libcurl do it.
void ccurl_loop_run(ccurl_loop *loop, int64_t limit_ms);
// A transfer that has ended and not been reported yet, or NULL.
CURL *_Nullable ccurl_loop_ended(ccurl_loop *loop, CURLcode *result);

// Keeps the calling thread free of signals: SIGPIPE, which OpenSSL may raise, and those that are for the main thread.
void ccurl_block_signals(void);

#pragma clang assume_nonnull end
#endif
