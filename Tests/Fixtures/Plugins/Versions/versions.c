// A plugin of which a test makes as many versions as it likes, without a compiler: it copies the library and writes other words
// into `settings`. They choose the version, one tool more, and a vice of the life cycle.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "roost/roost.h"

// Volatile: what stands in the file counts, not what the compiler knew.
static volatile const char settings[160] = "@roost-fixture-settings@ version=1;tool=;vice=;";

typedef struct versions {
    roost_plugin plugin;
    const roost_host *host;
    char version[32], tool[32], vice[32], manifest[1024];
    atomic_int count, calls, released;
} versions;

static void setting(const char *key, char *value, size_t size) {
    char text[sizeof settings], name[16];
    for (size_t i = 0; i < sizeof text; i++) text[i] = settings[i];
    snprintf(name, sizeof name, "%s=", key);
    const char *begin = strstr(text, name) + strlen(name);
    snprintf(value, size, "%.*s", (int)strcspn(begin, ";"), begin);
}
static bool has(const versions *self, const char *vice) { return strcmp(self->vice, vice) == 0; }
static bool is(roost_view text, const char *name) { return text.size == strlen(name) && memcmp(text.data, name, text.size) == 0; }
static void nap(int milliseconds) { nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000L}, NULL); }
static void say(const versions *self, roost_call call, const char *text) {
    char *json = malloc(strlen(text) + 64);
    sprintf(json, "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}", text);
    self->host->complete(self->host, call, ROOST_OK, (roost_buffer){(uint8_t *)json, strlen(json), json, free});
}
static void say_number(const versions *self, roost_call call, int number) {
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    say(self, call, text);
}

typedef struct job { versions *self; roost_call call; int milliseconds; } job;
static void *wait_and_say(void *argument) {
    job job = *(struct job *)argument;
    free(argument);
    nap(job.milliseconds);
    say(job.self, job.call, job.self->version);
    return NULL;
}
// Holds a call until another asks for its end, at most a minute.
static void *hold(void *argument) {
    job job = *(struct job *)argument;
    free(argument);
    for (int spent = 0; spent < job.milliseconds && !atomic_load(&job.self->released); spent += 5) nap(5);
    say(job.self, job.call, job.self->version);
    return NULL;
}
static void later(versions *self, roost_call call, int milliseconds, void *(*work)(void *)) {
    job *job = malloc(sizeof *job);
    *job = (struct job){self, call, milliseconds};
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, job) != 0) abort();
    pthread_detach(thread);
}

static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    versions *self = plugin->context;
    if (has(self, "crash_in_call")) abort();
    if (is(request->target, "version")) return say(self, call, self->version);
    if (is(request->target, "add")) return say_number(self, call, atomic_fetch_add(&self->count, 1) + 1);
    if (is(request->target, "count")) return say_number(self, call, self->count);
    if (is(request->target, "wait")) return later(self, call, 300, wait_and_say);
    if (is(request->target, "hold")) return later(self, call, 60000, hold);
    if (is(request->target, "release")) {
        atomic_store(&self->released, 1);
        return say(self, call, self->version);
    }
    say(self, call, "another tool");
}

static roost_status export_state(const roost_plugin *plugin, roost_buffer *state) {
    const versions *self = plugin->context;
    if (has(self, "fail_export")) return ROOST_ERROR;
    char *text = malloc(16);
    *state = (roost_buffer){(uint8_t *)text, (size_t)snprintf(text, 16, "%d", self->count), text, free};
    return ROOST_OK;
}
static roost_status import_state(const roost_plugin *plugin, roost_view state) {
    versions *self = plugin->context;
    if (has(self, "fail_import")) return ROOST_ERROR;
    char text[16];
    snprintf(text, sizeof text, "%.*s", (int)state.size, (const char *)state.data);
    self->count = atoi(text);
    return ROOST_OK;
}

static roost_status start(const roost_plugin *plugin) {
    const versions *self = plugin->context;
    if (has(self, "crash_in_start")) abort();
    return has(self, "fail_start") ? ROOST_ERROR : ROOST_OK;
}
static void stop(const roost_plugin *plugin) { (void)plugin; }
// Threads of calls may still use the instance: it is left behind.
static void destroy(const roost_plugin *plugin) { (void)plugin; }
static roost_view manifest(const roost_plugin *plugin) {
    const char *text = ((const versions *)plugin->context)->manifest;
    return (roost_view){(const uint8_t *)text, strlen(text)};
}
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin, (void)call; }
static const void *get_extension(const roost_plugin *plugin, const char *id) {
    static const roost_plugin_state state = {sizeof state, 0, export_state, import_state};
    return strcmp(id, ROOST_EXT_STATE) == 0 && !has(plugin->context, "stateless") ? &state : NULL;
}

#define TOOL "{\"name\":\"%s\",\"description\":\"Does %s.\",\"inputSchema\":{\"type\":\"object\"}}"

static const roost_plugin *create(const roost_host *host, roost_view config) {
    (void)config;
    versions *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    setting("version", self->version, sizeof self->version);
    setting("tool", self->tool, sizeof self->tool);
    setting("vice", self->vice, sizeof self->vice);
    if (has(self, "fail_create")) return NULL;
    const char *format = "{\"id\":\"dev.roost.versions\",\"name\":\"Versions\",\"version\":\"%s\",\"tools\":[" TOOL "," TOOL "," TOOL
                         "," TOOL "," TOOL "," TOOL "%s";
    int size = snprintf(self->manifest, sizeof self->manifest, format, self->version, "version", "version", "add", "add", "count",
                        "count", "wait", "wait", "hold", "hold", "release", "release", *self->tool ? "," : "");
    if (*self->tool) size += snprintf(self->manifest + size, sizeof self->manifest - (size_t)size, TOOL, self->tool, self->tool);
    snprintf(self->manifest + size, sizeof self->manifest - (size_t)size, has(self, "bad_manifest") ? "" : "]}");
    self->plugin = (roost_plugin){sizeof self->plugin, 0, self, start, stop, destroy, manifest, call, cancel, get_extension};
    self->host = host;
    return &self->plugin;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.versions", "Versions", "1", NULL};
    static roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    char vice[32];
    setting("vice", vice, sizeof vice);
    if (strcmp(vice, "old_abi") == 0) entry.abi_major = 0;
    if (strcmp(vice, "foreign_toolchain") == 0) descriptor.toolchain = "Swift 5.9";
    return &entry;
}
