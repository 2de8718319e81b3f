#define _GNU_SOURCE
#include "library.h"

#include <dlfcn.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

ccurl_library ccurl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char fault[512];

static void load(void) {
    // Never closed again: its threads and OpenSSL's exit handlers may outlive any use.
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == NULL) {
        snprintf(fault, sizeof fault, "libcurl could not be loaded: %s. Install Debian's package libcurl4", dlerror());
        return;
    }
#define X(name)                                                                                                    \
    ccurl.name = (__typeof__(name) *)dlsym(library, #name);                                                        \
    if (ccurl.name == NULL && fault[0] == 0)                                                                       \
        snprintf(fault, sizeof fault, "libcurl is too old: it has no " #name ". Expected 7.88 or newer");
    CCURL_FUNCTIONS(X)
#undef X
    if (fault[0] != 0) return;
    if (ccurl.curl_version_info(CURLVERSION_NOW)->version_num < 0x075800)
        snprintf(fault, sizeof fault, "libcurl is too old: expected 7.88 or newer, found %s",
                 ccurl.curl_version_info(CURLVERSION_NOW)->version);
    else if (ccurl.curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK)
        snprintf(fault, sizeof fault, "libcurl could not be prepared");
}

const char *ccurl_load(void) {
    pthread_once(&once, load);
    return fault[0] == 0 ? NULL : fault;
}

const char *ccurl_version(void) { return ccurl.curl_version_info(CURLVERSION_NOW)->version; }

CURLU *ccurl_url_new(void) { return ccurl.curl_url(); }
void ccurl_url_free(CURLU *url) { ccurl.curl_url_cleanup(url); }
CURLUcode ccurl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) {
    return ccurl.curl_url_set(url, part, text, flags);
}
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags) {
    return ccurl.curl_url_get(url, part, text, flags);
}
const char *ccurl_url_error(CURLUcode code) { return ccurl.curl_url_strerror(code); }
void ccurl_free(void *pointer) { ccurl.curl_free(pointer); }

CURL *ccurl_new(void) { return ccurl.curl_easy_init(); }
void ccurl_delete(CURL *transfer) { ccurl.curl_easy_cleanup(transfer); }

CURLcode ccurl_set_long(CURL *transfer, CURLoption option, long value) {
    return ccurl.curl_easy_setopt(transfer, option, value);
}
CURLcode ccurl_set_size(CURL *transfer, CURLoption option, int64_t value) {
    return ccurl.curl_easy_setopt(transfer, option, (curl_off_t)value);
}
CURLcode ccurl_set_text(CURL *transfer, CURLoption option, const char *value) {
    return ccurl.curl_easy_setopt(transfer, option, value);
}
CURLcode ccurl_set_pointer(CURL *transfer, CURLoption option, const void *value) {
    return ccurl.curl_easy_setopt(transfer, option, value);
}
CURLcode ccurl_set_list(CURL *transfer, CURLoption option, struct curl_slist *value) {
    return ccurl.curl_easy_setopt(transfer, option, value);
}
CURLcode ccurl_set_data_function(CURL *transfer, CURLoption option, size_t (*function)(char *, size_t, size_t, void *)) {
    return ccurl.curl_easy_setopt(transfer, option, function);
}
CURLcode ccurl_set_open_socket(CURL *transfer, curl_socket_t (*function)(void *, curlsocktype, struct curl_sockaddr *)) {
    return ccurl.curl_easy_setopt(transfer, CURLOPT_OPENSOCKETFUNCTION, function);
}
CURLcode ccurl_set_before_request(CURL *transfer, int (*function)(void *, char *, char *, int, int)) {
    return ccurl.curl_easy_setopt(transfer, CURLOPT_PREREQFUNCTION, function);
}
CURLcode ccurl_unpause(CURL *transfer) { return ccurl.curl_easy_pause(transfer, CURLPAUSE_CONT); }

long ccurl_get_long(CURL *transfer, CURLINFO info) {
    long value = 0;
    ccurl.curl_easy_getinfo(transfer, info, &value);
    return value;
}
int64_t ccurl_get_size(CURL *transfer, CURLINFO info) {
    curl_off_t value = 0;
    ccurl.curl_easy_getinfo(transfer, info, &value);
    return value;
}
const char *ccurl_error(CURLcode code) { return ccurl.curl_easy_strerror(code); }

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) { return ccurl.curl_slist_append(list, text); }
void ccurl_list_free(struct curl_slist *list) { ccurl.curl_slist_free_all(list); }

size_t ccurl_address_bytes(const struct curl_sockaddr *address, uint8_t *bytes, uint16_t *port) {
    if (address->family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)&address->addr;
        memcpy(bytes, &v4->sin_addr, 4);
        *port = ntohs(v4->sin_port);
        return 4;
    }
    if (address->family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&address->addr;
        memcpy(bytes, &v6->sin6_addr, 16);
        *port = ntohs(v6->sin6_port);
        return 16;
    }
    return 0;
}

void ccurl_block_signals(void) {
    sigset_t all;
    sigfillset(&all);
    // A fault of this thread must still end the process.
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGABRT);
    sigdelset(&all, SIGTRAP);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
}
