// A plugin that is well behaved until it is told otherwise: by macros where the vice is in what the library says of itself, by
// its config where it is in what it does. Compiled by the tests of roost check, once for each set of macros.
//
//   config: {"vice":"leak_descriptors","manifest":{…}}    the manifest is given as it stands, and must come last
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "roost/roost.h"

#ifndef ENTRY_SIZE
#define ENTRY_SIZE sizeof(roost_plugin_entry)
#endif
#ifndef DESCRIPTOR_SIZE
#define DESCRIPTOR_SIZE sizeof(roost_plugin_descriptor)
#endif
#ifndef MAJOR
#define MAJOR ROOST_ABI_MAJOR
#endif
#ifndef MINOR
#define MINOR ROOST_ABI_MINOR
#endif
#ifndef NAME
#define NAME "broken"
#endif
#ifndef TOOLCHAIN
#define TOOLCHAIN NULL
#endif
#ifndef CREATE
#define CREATE create
#endif
#ifndef ENTRY
#define ENTRY roost_plugin_entry_v1
#endif

static const char MANIFEST[] =
    "{\"id\":\"dev.roost.broken\",\"name\":\"broken\",\"version\":\"1.0.0\",\"tools\":["
    "{\"name\":\"echo\",\"description\":\"Says what it is told.\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
    "{\"text\":{\"type\":\"string\",\"description\":\"What to say, for example hello.\"}},\"additionalProperties\":false}}]}";

typedef struct broken {
    roost_plugin plugin;
    const roost_host *host;
    char *config;
    int is_started;
} broken;

static int has(const broken *self, const char *vice) {
    char text[64];
    snprintf(text, sizeof text, "\"vice\":\"%s\"", vice);
    return strstr(self->config, text) != NULL;
}

static void say(const broken *self, const char *line) {
    const roost_host_log *log = self->host->get_extension(self->host, ROOST_EXT_LOG);
    if (log != NULL)
        log->write(self->host, 0, ROOST_LOG_ERROR, (roost_view){NULL, 0}, (roost_view){(const uint8_t *)line, strlen(line)});
}

static void *wait_for_ever(void *argument) {
    for (;;) pause();
    return argument;
}

static void *leave(void *argument) {
    nanosleep(&(struct timespec){0, 500000000}, NULL);
    _exit(3);
    return argument;
}

__attribute__((noinline)) static void write_to_nowhere(volatile int *place) { *place = 1; }

static roost_status start(const roost_plugin *plugin) {
    broken *self = plugin->context;
    pthread_t thread;
    if (has(self, "fail_start")) {
        say(self, "\"the port 4711 is taken\"");
        return ROOST_ERROR;
    }
    if (has(self, "crash_in_start")) write_to_nowhere(NULL);
    if (has(self, "hang_in_start")) wait_for_ever(NULL);
    if (has(self, "leak_descriptors") && open("/dev/null", O_RDONLY | O_CLOEXEC) < 0) return ROOST_ERROR;
    if (has(self, "leak_threads") && pthread_create(&thread, NULL, wait_for_ever, NULL) != 0) return ROOST_ERROR;
    if (has(self, "leave") && pthread_create(&thread, NULL, leave, NULL) != 0) return ROOST_ERROR;
    if (has(self, "complete_nothing")) self->host->complete(self->host, 4711, ROOST_OK, (roost_buffer){0});
    if (has(self, "warn")) say(self, "\"no disk cache\"");
    self->is_started = 1;
    return ROOST_OK;
}

static void stop(const roost_plugin *plugin) {
    broken *self = plugin->context;
    if (has(self, "crash_in_stop")) write_to_nowhere(NULL);
    self->is_started = 0;
}

static void destroy(const roost_plugin *plugin) {
    broken *self = plugin->context;
    free(self->config);
    free(self);
}

static roost_view manifest(const roost_plugin *plugin) {
    broken *self = plugin->context;
    const char *mark = strstr(self->config, "\"manifest\":");
    if (has(self, "empty_manifest")) return (roost_view){NULL, 0};
    if (has(self, "crash_in_manifest")) write_to_nowhere(NULL);
    if (has(self, "changing") && self->is_started)
        return (roost_view){(const uint8_t *)"{\"id\":\"dev.roost.broken\",\"name\":\"broken\",\"version\":\"1.0.0\"}", 59};
    if (mark == NULL) return (roost_view){(const uint8_t *)MANIFEST, sizeof MANIFEST - 1};
    mark += strlen("\"manifest\":");
    return (roost_view){(const uint8_t *)mark, strlen(mark) - 1};
}

static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    const broken *self = plugin->context;
    (void)request;
    self->host->complete(self->host, call, ROOST_OK, (roost_buffer){(const uint8_t *)"{\"content\":[]}", 14, NULL, NULL});
}

static void cancel(const roost_plugin *plugin, roost_call call) {
    (void)plugin;
    (void)call;
}

static const void *get_extension(const roost_plugin *plugin, const char *id) {
    (void)plugin;
    (void)id;
    return NULL;
}

__attribute__((unused)) static const roost_plugin *create(const roost_host *host, roost_view config) {
    broken *self = calloc(1, sizeof *self);
    self->plugin = (roost_plugin){sizeof(roost_plugin), 0, self, start, stop, destroy, manifest, call, cancel, get_extension};
    self->host = host;
    self->config = malloc(config.size + 1);
    memcpy(self->config, config.data, config.size);
    self->config[config.size] = 0;
    if (has(self, "refuse")) {
        say(self, "\"config.city is missing\"");
        return NULL;
    }
    if (has(self, "short_plugin")) self->plugin.size = 40;
    if (has(self, "no_cancel")) self->plugin.cancel = NULL;
    return &self->plugin;
}

#ifdef LOADED_BY_FAULT
__attribute__((constructor)) static void loaded(void) { write_to_nowhere(NULL); }
#endif
#ifdef SWIFT_SECTION
__attribute__((used, section("swift5_types"))) static const int types = 1;
#endif
#ifdef FURTHER
ROOST_EXPORT int weather_today(void);
ROOST_EXPORT int weather_today(void) { return 1; }
#endif
#ifdef NEEDS
extern int NEEDS(void);
ROOST_EXPORT int needed(void);
ROOST_EXPORT int needed(void) { return NEEDS(); }
#endif

static const roost_plugin_descriptor descriptor = {DESCRIPTOR_SIZE, 0, "dev.roost.broken", NAME, "1.0.0", TOOLCHAIN};
__attribute__((unused)) static const roost_plugin_entry entry = {ENTRY_SIZE, MAJOR, MINOR, &descriptor, CREATE};

#ifdef CPLUSPLUS_NAME
ROOST_EXPORT const roost_plugin_entry *_Z21roost_plugin_entry_v1v(void) { return &entry; }
#elif defined(NO_ENTRY)
ROOST_EXPORT const roost_plugin_entry *weather_entry(void) { return &entry; }
#elif defined(NULL_ENTRY)
ROOST_EXPORT const roost_plugin_entry *roost_plugin_entry_v1(void) { return NULL; }
#else
ROOST_EXPORT const roost_plugin_entry *ENTRY(void) { return &entry; }
#endif
