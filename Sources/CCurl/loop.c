#define _GNU_SOURCE
#include "library.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct ccurl_loop {
    CURLM *multi;
    int epoll;
    int wake;
    long idle;     // connections to keep beyond those in use
    long running;  // transfers
    int64_t timer_ms;  // when libcurl wants to be asked again, on the clock below; -1: not
};

static int64_t now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// The socket a transfer waits on; -1: none. It is kept with the transfer, and one is added, so that none is NULL.
static int transfer_socket(CURL *transfer) {
    char *mark = NULL;
    if (ccurl.curl_easy_getinfo(transfer, CURLINFO_PRIVATE, &mark) != CURLE_OK) return -1;
    return (int)((intptr_t)mark - 1);
}

static int watch(CURL *transfer, curl_socket_t socket, int what, void *context, void *unused) {
    (void)unused;
    ccurl_loop *loop = context;
    if (what == CURL_POLL_REMOVE) {
        // A transfer may also be told of the end of a connection that is not its own.
        if (transfer_socket(transfer) == socket) ccurl.curl_easy_setopt(transfer, CURLOPT_PRIVATE, NULL);
        // A socket that is closed already has left by itself.
        epoll_ctl(loop->epoll, EPOLL_CTL_DEL, socket, NULL);
        return 0;
    }
    ccurl.curl_easy_setopt(transfer, CURLOPT_PRIVATE, (void *)((intptr_t)socket + 1));
    struct epoll_event event = {.events = 0, .data.fd = socket};
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    if (epoll_ctl(loop->epoll, EPOLL_CTL_MOD, socket, &event) == 0) return 0;
    if (errno != ENOENT) return 0;
    return epoll_ctl(loop->epoll, EPOLL_CTL_ADD, socket, &event) == 0 ? 0 : -1;
}

bool ccurl_hang_up(CURL *transfer) {
    int socket = transfer_socket(transfer);
    if (socket < 0) return false;
    ccurl.curl_easy_setopt(transfer, CURLOPT_FORBID_REUSE, 1L);
    return shutdown(socket, SHUT_WR) == 0;
}

static int set_timer(CURLM *multi, long timeout_ms, void *context) {
    (void)multi;
    ccurl_loop *loop = context;
    loop->timer_ms = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;
    return 0;
}

// libcurl counts connections in use as well: without this, many slow transfers would leave no room for keeping any.
static void limit_connections(ccurl_loop *loop) {
    long limit = loop->idle + loop->running;
    ccurl.curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, limit > 0 ? limit : 1);
}

ccurl_loop *ccurl_loop_new(long idle_connections) {
    ccurl_loop *loop = calloc(1, sizeof *loop);
    if (loop == NULL) return NULL;
    loop->timer_ms = -1;
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    loop->multi = ccurl.curl_multi_init();
    struct epoll_event event = {.events = EPOLLIN, .data.fd = loop->wake};
    if (loop->epoll < 0 || loop->wake < 0 || loop->multi == NULL ||
        epoll_ctl(loop->epoll, EPOLL_CTL_ADD, loop->wake, &event) != 0) {
        ccurl_loop_free(loop);
        return NULL;
    }
    ccurl.curl_multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, watch);
    ccurl.curl_multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop);
    ccurl.curl_multi_setopt(loop->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    ccurl.curl_multi_setopt(loop->multi, CURLMOPT_TIMERDATA, loop);
    loop->idle = idle_connections;
    limit_connections(loop);
    return loop;
}

void ccurl_loop_free(ccurl_loop *loop) {
    if (loop->multi != NULL) ccurl.curl_multi_cleanup(loop->multi);
    if (loop->epoll >= 0) close(loop->epoll);
    if (loop->wake >= 0) close(loop->wake);
    free(loop);
}

void ccurl_loop_wake(ccurl_loop *loop) {
    uint64_t one = 1;
    // A full counter wakes as well.
    ssize_t count = write(loop->wake, &one, sizeof one);
    (void)count;
}

CURLMcode ccurl_loop_add(ccurl_loop *loop, CURL *transfer) {
    CURLMcode code = ccurl.curl_multi_add_handle(loop->multi, transfer);
    if (code != CURLM_OK) return code;
    loop->running += 1;
    limit_connections(loop);
    return code;
}

void ccurl_loop_remove(ccurl_loop *loop, CURL *transfer) {
    if (ccurl.curl_multi_remove_handle(loop->multi, transfer) != CURLM_OK) return;
    loop->running -= 1;
    limit_connections(loop);
}

void ccurl_loop_run(ccurl_loop *loop, int64_t limit_ms) {
    int64_t timeout = limit_ms;
    if (loop->timer_ms >= 0) {
        int64_t ahead = loop->timer_ms - now_ms();
        if (ahead < 0) ahead = 0;
        if (timeout < 0 || ahead < timeout) timeout = ahead;
    }
    struct epoll_event events[64];
    int count = epoll_wait(loop->epoll, events, 64, timeout > 60000 ? 60000 : (int)timeout);
    int running;
    for (int index = 0; index < count; index += 1) {
        if (events[index].data.fd == loop->wake) {
            uint64_t number;
            ssize_t size = read(loop->wake, &number, sizeof number);
            (void)size;
            continue;
        }
        int mask = 0;
        if (events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) mask |= CURL_CSELECT_IN;
        // A server that writes head and body apart may hold the body back until the head was acknowledged (RFC 896), which
        // the kernel delays by 40 ms. A socket of another kind refuses this, and needs it not.
        if (events[index].events & EPOLLIN) {
            int now = 1;
            setsockopt(events[index].data.fd, IPPROTO_TCP, TCP_QUICKACK, &now, sizeof now);
        }
        if (events[index].events & EPOLLOUT) mask |= CURL_CSELECT_OUT;
        if (events[index].events & EPOLLERR) mask |= CURL_CSELECT_ERR;
        ccurl.curl_multi_socket_action(loop->multi, events[index].data.fd, mask, &running);
    }
    if (loop->timer_ms >= 0 && loop->timer_ms <= now_ms()) {
        // libcurl sets it anew when it still needs one.
        loop->timer_ms = -1;
        ccurl.curl_multi_socket_action(loop->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
}

CURL *ccurl_loop_ended(ccurl_loop *loop, CURLcode *result) {
    int left;
    CURLMsg *message;
    while ((message = ccurl.curl_multi_info_read(loop->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
