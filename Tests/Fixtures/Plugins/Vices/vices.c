// One plugin whose tools each have one vice, for the tests of the host. Its config chooses vices of the life cycle:
// {"vice":"crash_in_create"}, "crash_in_start", "fail_start", "slow_stop".
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "roost/roost.h"

#define HEAD "{\"id\":\"dev.roost.vices\",\"name\":\"Vices\",\"version\":\"1.0.0\",\"listChanged\":[\"tools\"],\"tools\":["
#define TOOLS \
    "{\"name\":\"complete_twice\",\"description\":\"Completes, and then completes again.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"never\",\"description\":\"Takes a call and never completes it.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"bad_json\",\"description\":\"Answers with text that is not JSON.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"not_an_object\",\"description\":\"Answers with a JSON array.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"bad_status\",\"description\":\"Completes with a status that does not exist.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"after_cancel\",\"description\":\"Completes only some time after it was cancelled.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"crash\",\"description\":\"Crashes inside call.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"segfault\",\"description\":\"Writes to address zero.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"leave\",\"description\":\"Calls exit(7).\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"print\",\"description\":\"Writes to standard output.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"log_text\",\"description\":\"Logs data that is not JSON.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"log\",\"description\":\"Logs a line of its own call.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"hang\",\"description\":\"Holds the caller's thread for 0.3 s.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"backwards\",\"description\":\"Reports progress that falls.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"big\",\"description\":\"Answers with 8 MB.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"huge\",\"description\":\"Answers with 32 MB.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"change\",\"description\":\"Serves one tool more from now on.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"update\",\"description\":\"Says that a resource reads differently.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"ask\",\"description\":\"Wants an answer from the client.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"close\",\"description\":\"Asks to have the client's stream closed.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"environment\",\"description\":\"Says what the variable VICE holds.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"grab_files\",\"description\":\"Opens files until it may not.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"grab_memory\",\"description\":\"Asks for 4 GiB.\",\"inputSchema\":{\"type\":\"object\"}}," \
    "{\"name\":\"crash_once\",\"description\":\"Crashes at its first call, answers every further one.\",\"inputSchema\":{\"type\":\"object\"},\"annotations\":{\"idempotentHint\":true}}," \
    "{\"name\":\"crash_always\",\"description\":\"Crashes, although it may be repeated.\",\"inputSchema\":{\"type\":\"object\"},\"annotations\":{\"readOnlyHint\":true}}," \
    "{\"name\":\"late\",\"description\":\"Completes on a thread of its own.\",\"inputSchema\":{\"type\":\"object\"}}"
static const char BEFORE[] = HEAD TOOLS "]}";
static const char AFTER[] = HEAD TOOLS ",{\"name\":\"late_tool\",\"description\":\"Came later.\",\"inputSchema\":{\"type\":\"object\"}}]}";

typedef struct vices {
    roost_plugin plugin;
    const roost_host *host;
    char vice[32];
    atomic_bool changed;
} vices;

static bool is(roost_view text, const char *name) { return text.size == strlen(name) && memcmp(text.data, name, text.size) == 0; }
static void nap(int milliseconds) { nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000L}, NULL); }
static roost_status complete(const vices *self, roost_call call, roost_status status, const char *json) {
    return self->host->complete(self->host, call, status, (roost_buffer){(const uint8_t *)json, strlen(json), NULL, NULL});
}
static void say(const vices *self, roost_call call, const char *text) {
    char *json = malloc(strlen(text) + 64);
    sprintf(json, "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}", text);
    self->host->complete(self->host, call, ROOST_OK, (roost_buffer){(uint8_t *)json, strlen(json), json, free});
}
static roost_view view(const char *text) { return (roost_view){(const uint8_t *)text, strlen(text)}; }

// True from the second call on: a file remembers it across crashes.
static bool crash_is_done(const vices *self) {
    char path[4096];
    snprintf(path, sizeof path, "%.*s/crashed", (int)self->host->data_directory.size, (const char *)self->host->data_directory.data);
    FILE *file = fopen(path, "r");
    bool is_done = file != NULL;
    if (!is_done) file = fopen(path, "w");
    if (file != NULL) fclose(file);
    return is_done;
}

typedef struct job { vices *self; roost_call call; bool waits_for_cancel; } job;
static void *work(void *argument) {
    job job = *(struct job *)argument;
    free(argument);
    while (job.waits_for_cancel && !job.self->host->is_cancelled(job.self->host, job.call)) nap(5);
    nap(30);
    say(job.self, job.call, "at last");
    return NULL;
}
static void later(vices *self, roost_call call, bool waits_for_cancel) {
    job *job = malloc(sizeof *job);
    *job = (struct job){self, call, waits_for_cancel};
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, job) != 0) abort();
    pthread_detach(thread);
}

static void grab_files(const vices *self, roost_call call) {
    FILE *files[512];
    int count = 0;
    while (count < 512 && (files[count] = fopen("/dev/null", "r")) != NULL) count++;
    for (int place = 0; place < count; place++) fclose(files[place]);
    say(self, call, count < 512 ? "refused" : "granted");
}
static void big(const vices *self, roost_call call, size_t body) {
    const char *head = "{\"content\":[{\"type\":\"text\",\"text\":\"", *tail = "\"}]}";
    size_t size = strlen(head) + body + strlen(tail);
    char *json = malloc(size);
    memcpy(json, head, strlen(head));
    memset(json + strlen(head), 'x', body);
    memcpy(json + strlen(head) + body, tail, strlen(tail));
    self->host->complete(self->host, call, ROOST_OK, (roost_buffer){(uint8_t *)json, size, json, free});
}

static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    vices *self = plugin->context;
    const roost_host *host = self->host;
    const roost_host_log *log = host->get_extension(host, ROOST_EXT_LOG);
    const roost_host_progress *progress = host->get_extension(host, ROOST_EXT_PROGRESS);
    roost_view tool = request->target;
    if (is(tool, "complete_twice")) {
        say(self, call, "once");
        complete(self, call, ROOST_OK, "{\"content\":[]}");
    } else if (is(tool, "never")) {
    } else if (is(tool, "bad_json")) {
        complete(self, call, ROOST_OK, "{\"content\":[");
    } else if (is(tool, "not_an_object")) {
        complete(self, call, ROOST_OK, "[1]");
    } else if (is(tool, "bad_status")) {
        complete(self, call, 99, "{}");
    } else if (is(tool, "after_cancel")) {
        later(self, call, true);
    } else if (is(tool, "grab_files")) {
        grab_files(self, call);
    } else if (is(tool, "grab_memory")) {
        void *memory = malloc((size_t)4 << 30);
        say(self, call, memory == NULL ? "refused" : "granted");
        free(memory);
    } else if (is(tool, "late")) {
        later(self, call, false);
    } else if (is(tool, "crash_once")) {
        if (crash_is_done(self)) say(self, call, "recovered"); else abort();
    } else if (is(tool, "crash") || is(tool, "crash_always")) {
        abort();
    } else if (is(tool, "segfault")) {
        *(volatile int *)8 = 1;
    } else if (is(tool, "leave")) {
        exit(7);
    } else if (is(tool, "print")) {
        printf("a stray line\n");
        fflush(stdout);
        say(self, call, "printed");
    } else if (is(tool, "log_text")) {
        log->write(host, call, ROOST_LOG_WARNING, view("vices"), view("no JSON"));
        say(self, call, "logged");
    } else if (is(tool, "log")) {
        log->write(host, call, ROOST_LOG_NOTICE, view("vices"), view("\"a line\""));
        say(self, call, log->is_enabled(host, call, ROOST_LOG_DEBUG) ? "debug" : "no debug");
        log->write(host, call, ROOST_LOG_NOTICE, view("vices"), view("\"too late\""));
    } else if (is(tool, "hang")) {
        nap(300);
        say(self, call, "awake");
    } else if (is(tool, "backwards")) {
        for (int i = 0; i < 4; i++) progress->report(host, call, (const double[]){1, 3, 2, 4}[i], 4, view("step"));
        say(self, call, "done");
        char status[8] = {(char)('0' + progress->report(host, call, 5, 5, view(""))), 0};
        if (status[0] != '0' + ROOST_UNKNOWN_CALL) abort();
    } else if (is(tool, "big")) {
        big(self, call, 8 << 20);
    } else if (is(tool, "huge")) {
        big(self, call, 32 << 20);
    } else if (is(tool, "change")) {
        self->changed = true;
        ((const roost_host_manifest *)host->get_extension(host, ROOST_EXT_MANIFEST))->changed(host);
        say(self, call, "changed");
    } else if (is(tool, "update")) {
        ((const roost_host_resources *)host->get_extension(host, ROOST_EXT_RESOURCES))->updated(host, view("vice://one"));
        say(self, call, "updated");
    } else if (is(tool, "ask")) {
        complete(self, call, ROOST_INPUT_REQUIRED, "{\"inputRequests\":{\"name\":{\"method\":\"elicitation/create\"}},\"state\":\"s\"}");
    } else if (is(tool, "close")) {
        const roost_host_stream *stream = host->get_extension(host, ROOST_EXT_STREAM);
        say(self, call, stream->close(host, call, 5000000) == ROOST_OK ? "closed" : "unsupported");
    } else if (is(tool, "environment")) {
        say(self, call, getenv("VICE") ? getenv("VICE") : "unset");
    } else {
        complete(self, call, ROOST_ERROR, "{\"code\":-32602,\"message\":\"no such vice\"}");
    }
}

static roost_status start(const roost_plugin *plugin) {
    const vices *self = plugin->context;
    if (strcmp(self->vice, "crash_in_start") == 0) abort();
    return strcmp(self->vice, "fail_start") == 0 ? ROOST_ERROR : ROOST_OK;
}
static void stop(const roost_plugin *plugin) {
    const vices *self = plugin->context;
    if (strcmp(self->vice, "slow_stop") == 0) nap(60000);
}
// Threads of abandoned calls may still use the instance: it is left behind.
static void destroy(const roost_plugin *plugin) { (void)plugin; }
static roost_view manifest(const roost_plugin *plugin) { return view(((const vices *)plugin->context)->changed ? AFTER : BEFORE); }
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin, (void)call; }
static const void *get_extension(const roost_plugin *plugin, const char *id) { (void)plugin, (void)id; return NULL; }

static const roost_plugin *create(const roost_host *host, roost_view config) {
    vices *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    const char *vices[] = {"crash_in_create", "crash_in_start", "fail_start", "slow_stop"};
    for (size_t i = 0; i < sizeof vices / sizeof *vices; i++)
        if (memmem(config.data, config.size, vices[i], strlen(vices[i]))) strcpy(self->vice, vices[i]);
    if (strcmp(self->vice, "crash_in_create") == 0) abort();
    self->plugin = (roost_plugin){sizeof self->plugin, 0, self, start, stop, destroy, manifest, call, cancel, get_extension};
    self->host = host;
    return &self->plugin;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.vices", "Vices", "1.0.0", NULL};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
