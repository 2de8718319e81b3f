// The functions of libcurl that are used, as pointers.
#ifndef CCURL_LIBRARY_H
#define CCURL_LIBRARY_H

#include "ccurl.h"

#define CCURL_FUNCTIONS(X)                                                                                                  \
    X(curl_global_init) X(curl_version_info) X(curl_free)                                                                   \
    X(curl_url) X(curl_url_cleanup) X(curl_url_set) X(curl_url_get) X(curl_url_strerror)                                    \
    X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_setopt) X(curl_easy_getinfo) X(curl_easy_pause)                      \
    X(curl_easy_strerror) X(curl_slist_append) X(curl_slist_free_all)                                                       \
    X(curl_multi_init) X(curl_multi_cleanup) X(curl_multi_setopt) X(curl_multi_add_handle) X(curl_multi_remove_handle)      \
    X(curl_multi_socket_action) X(curl_multi_info_read)

// curl.h wraps some names in macros that check argument types; here they are names of functions and nothing else.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

typedef struct ccurl_library {
#define X(name) __typeof__(name) *name;
    CCURL_FUNCTIONS(X)
#undef X
} ccurl_library;

extern ccurl_library ccurl;

#endif
