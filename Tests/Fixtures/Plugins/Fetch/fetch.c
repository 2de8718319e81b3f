// Sends HTTP requests through the host from C. Each tool takes {"url": …}, first of its arguments.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "roost/roost.h"

#define TOOL(name, words) "{\"name\":\"" name "\",\"description\":\"" words "\",\"inputSchema\":{\"type\":\"object\"}}"
static const char MANIFEST[] =
    "{\"id\":\"dev.roost.fetch\",\"name\":\"Fetch\",\"version\":\"1.0.0\",\"tools\":[" TOOL("get", "Gets an address.") ","
    TOOL("post", "Posts 200 kB.") "," TOOL("leave", "Begins a request and completes at once.") ","
    TOOL("ends", "Says how requests ended so far.") "," TOOL("hold", "Takes a streamed answer and consumes none of it.") ","
    TOOL("read", "Takes a streamed answer and consumes all of it.") "," TOOL("alone", "Begins a request without a call.") ","
    TOOL("crash", "Crashes.") "," TOOL("write", "Writes a body of 1 MB as there is room.") "]}";

typedef struct fetch {
    roost_plugin plugin;
    const roost_host *host;
    const roost_host_http *http;
    atomic_int ends[9];
} fetch;

typedef struct job {
    fetch *self;
    roost_call call;  // 0: nobody waits
    atomic_size_t size;
    uint32_t status;
    bool consumes;
    size_t unwritten;
} job;

static roost_view view(const char *text) { return (roost_view){(const uint8_t *)text, strlen(text)}; }
static bool is(roost_view text, const char *name) { return text.size == strlen(name) && memcmp(text.data, name, text.size) == 0; }
static void say(const fetch *self, roost_call call, const char *text) {
    char *json = malloc(strlen(text) + 64);
    sprintf(json, "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}", text);
    self->host->complete(self->host, call, ROOST_OK, (roost_buffer){(uint8_t *)json, strlen(json), json, free});
}

static void on_head(void *context, roost_http request, const roost_http_answer *answer) {
    (void)request;
    ((job *)context)->status = answer->status;
}
static void on_body(void *context, roost_http request, roost_view bytes) {
    job *job = context;
    job->size += bytes.size;
    if (job->consumes) job->self->http->consumed(job->self->host, request, bytes.size);
}
static void write_some(job *job, roost_http request, size_t room) {
    static const uint8_t zeros[65536];
    while (room > 0 && job->unwritten > 0) {
        size_t size = room < sizeof zeros ? room : sizeof zeros;
        if (size > job->unwritten) size = job->unwritten;
        roost_status status = job->self->http->write(job->self->host, request, (roost_view){zeros, size}, size == job->unwritten);
        if (status != ROOST_OK) return;
        job->unwritten -= size;
        room -= size;
    }
}
static void on_room(void *context, roost_http request, uint64_t bytes) { write_some(context, request, bytes); }
static void on_done(void *context, roost_http request, roost_http_cause cause, roost_view message, const roost_http_answer *answer) {
    (void)request;
    job *job = context;
    job->self->ends[cause] += 1;
    char text[512];
    if (cause != ROOST_HTTP_ANSWERED)
        snprintf(text, sizeof text, "cause %d: %.*s", cause, (int)message.size, (const char *)message.data);
    else
        snprintf(text, sizeof text, "status %u, %zu bytes", answer ? answer->status : job->status,
                 answer ? answer->body.size : (size_t)job->size);
    if (job->call != 0) say(job->self, job->call, text);
    free(job);
}

typedef struct pause { fetch *self; roost_call call; job *job; } pause;
static void *complete_later(void *argument) {
    pause pause = *(struct pause *)argument;
    free(argument);
    // Until something came and then nothing more for a while; on a busy machine that takes longer.
    size_t seen = 0;
    for (int quiet = 0, rounds = 0; (seen == 0 || quiet < 14) && rounds < 600; rounds += 1) {
        nanosleep(&(struct timespec){.tv_nsec = 50 * 1000000L}, NULL);
        size_t size = pause.job->size;
        quiet = size == seen ? quiet + 1 : 0;
        seen = size;
    }
    char text[64];
    snprintf(text, sizeof text, "held %zu bytes", (size_t)pause.job->size);
    say(pause.self, pause.call, text);
    return NULL;
}

static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    fetch *self = plugin->context;
    if (is(request->target, "ends")) {
        char text[128];
        snprintf(text, sizeof text, "answered %d, refused %d, cancelled %d, timeout %d", self->ends[ROOST_HTTP_ANSWERED],
                 self->ends[ROOST_HTTP_REFUSED], self->ends[ROOST_HTTP_CANCELLED], self->ends[ROOST_HTTP_TIMEOUT]);
        return say(self, call, text);
    }
    if (is(request->target, "crash")) abort();
    char url[1024] = "";
    char *arguments = strndup((const char *)request->arguments.data, request->arguments.size);
    char *start = strstr(arguments, "\"url\":\"");
    if (start != NULL) {
        size_t length = 0;
        for (char *next = start + 7; *next != 0 && *next != '"' && length < sizeof url - 1; next += 1)
            if (*next != '\\') url[length++] = *next;
    }
    free(arguments);
    if (self->http == NULL) return say(self, call, "no http");

    job *job = calloc(1, sizeof *job);
    job->self = self;
    job->call = call;
    roost_http_request asked = {.size = sizeof asked, .url = view(url)};
    static uint8_t body[200000];
    if (is(request->target, "post")) {
        memset(body, 'x', sizeof body);
        asked.method = view("POST");
        asked.body = (roost_view){body, sizeof body};
    }
    if (is(request->target, "write")) {
        asked.method = view("PUT");
        asked.flags |= ROOST_HTTP_STREAM_REQUEST;
        job->unwritten = 1000000;
    }
    job->consumes = is(request->target, "read");
    bool holds = is(request->target, "hold"), leaves = is(request->target, "leave"), alone = is(request->target, "alone");
    if (holds || job->consumes) asked.flags |= ROOST_HTTP_STREAM_ANSWER;
    if (holds || leaves || alone) job->call = 0;
    roost_http_handler handler = {sizeof handler, 0, job, on_head, on_body, on_room, on_done};
    // The job may be gone once the host has it, except where nothing can end it before the call.
    roost_http number = self->http->send(self->host, alone ? 0 : call, &asked, &handler);
    if (number == 0) {
        free(job);
        return say(self, call, "not sent");
    }
    if (asked.flags & ROOST_HTTP_STREAM_REQUEST) write_some(job, number, 262144);
    if (leaves || alone) return say(self, call, "begun");
    if (!holds) return;
    pause *pause = malloc(sizeof *pause);
    *pause = (struct pause){self, call, job};
    pthread_t thread;
    if (pthread_create(&thread, NULL, complete_later, pause) != 0) abort();
    pthread_detach(thread);
}

static roost_status start(const roost_plugin *plugin) { (void)plugin; return ROOST_OK; }
static void stop(const roost_plugin *plugin) { (void)plugin; }
static void destroy(const roost_plugin *plugin) { free(plugin->context); }
static roost_view manifest(const roost_plugin *plugin) { (void)plugin; return view(MANIFEST); }
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin; (void)call; }
static const void *get_extension(const roost_plugin *plugin, const char *id) { (void)plugin; (void)id; return NULL; }

static const roost_plugin *create(const roost_host *host, roost_view config) {
    (void)config;
    fetch *self = calloc(1, sizeof *self);
    self->host = host;
    self->http = host->get_extension(host, ROOST_EXT_HTTP);
    self->plugin = (roost_plugin){sizeof self->plugin, 0, self, start, stop, destroy, manifest, call, cancel, get_extension};
    return &self->plugin;
}

static const roost_plugin_descriptor descriptor = {
    .size = sizeof descriptor, .id = "dev.roost.fetch", .name = "Fetch", .version = "1.0.0"};
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
