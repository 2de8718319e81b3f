// The plugin: what it serves, and what a call does. Read it from the bottom, where the host begins.
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <roost/roost.h>

#include "json.h"

// What clients see. The host checks every call's arguments by the schema before it comes here.
static const char MANIFEST[] =
    "{\"id\":\"dev.example.greeter\",\"name\":\"greeter\",\"version\":\"0.1.0\",\"description\":\"Greets people.\","
    "\"tools\":[{\"name\":\"greet\",\"description\":\"Greets somebody by name.\","
    "\"annotations\":{\"readOnlyHint\":true,\"openWorldHint\":false},"
    "\"inputSchema\":{\"type\":\"object\",\"properties\":{"
    "\"name\":{\"type\":\"string\",\"description\":\"Who to greet, for example Ada\",\"minLength\":1,\"maxLength\":80},"
    "\"times\":{\"type\":\"integer\",\"description\":\"How often to greet\",\"minimum\":1,\"maximum\":10,\"default\":1}},"
    "\"required\":[\"name\"],\"additionalProperties\":false}}]}";

typedef struct instance {
    roost_plugin plugin;  // what the host sees; its `context` leads back here
    const roost_host *host;
} instance;

static bool is(roost_view text, const char *word) {
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

static bool has_letter(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (isalpha((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80) return true;  // 0x80: beyond ASCII
    return false;
}

static void greet(const instance *self, roost_call call, roost_view arguments) {
    roost_view value;
    int64_t times = 1;
    size_t size = 0;
    char *name = json_member(arguments, "name", &value) ? json_string(value, &size) : NULL;
    if (json_member(arguments, "times", &value)) json_integer(value, &times);

    json_text said = {0}, answer = {0};
    bool is_error = name == NULL || !has_letter(name, size);
    if (is_error) {  // what no schema can say is refused here, in words a model can act on
        json_raw(&said, "Expected a name with a letter in it, found \"");
        json_bytes(&said, name, size);
        json_raw(&said, "\". Give one such as Ada.");
    } else {
        for (int64_t i = 0; i < times; i++) {
            json_raw(&said, "%sHello, ", i > 0 ? "\n" : "");
            json_bytes(&said, name, size);
            json_raw(&said, "!");
        }
    }
    free(name);

    json_raw(&answer, "{\"content\":[{\"type\":\"text\",\"text\":");
    json_quoted(&answer, said.bytes, said.size);
    json_raw(&answer, "}]%s}", is_error ? ",\"isError\":true" : "");
    free(said.bytes);
    self->host->complete(self->host, call, ROOST_OK, json_buffer(&answer));
}

// Comes on several of the host's threads at once and returns promptly. Work that takes longer goes to a thread of the plugin's own:
// the request stays valid until the call is completed, from whatever thread.
static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    const instance *self = plugin->context;
    if (is(request->method, "tools/call") && is(request->target, "greet")) {
        greet(self, call, request->arguments);
    } else {
        json_text error = {0};
        json_raw(&error, "{\"code\":-32602,\"message\":\"greeter has one tool, greet\"}");
        self->host->complete(self->host, call, ROOST_ERROR, json_buffer(&error));
    }
}

static roost_status start(const roost_plugin *plugin) { (void)plugin; return ROOST_OK; }  // open files, start threads
static void stop(const roost_plugin *plugin) { (void)plugin; }                            // close them, join them
static void destroy(const roost_plugin *plugin) { free(plugin->context); }
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin, (void)call; }  // long work asks host->is_cancelled
static const void *get_extension(const roost_plugin *plugin, const char *id) { (void)plugin, (void)id; return NULL; }

static roost_view manifest(const roost_plugin *plugin) {
    (void)plugin;
    return (roost_view){(const uint8_t *)MANIFEST, sizeof MANIFEST - 1};
}

static const roost_plugin *create(const roost_host *host, roost_view config) {
    (void)config;  // `config:` of host.yaml as a JSON object
    instance *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    self->plugin = (roost_plugin){
        .size = sizeof self->plugin,
        .context = self,
        .start = start,
        .stop = stop,
        .destroy = destroy,
        .manifest = manifest,
        .call = call,
        .cancel = cancel,
        .get_extension = get_extension,
    };
    self->host = host;
    return &self->plugin;
}

// The one symbol that a host looks for.
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {
        .size = sizeof descriptor, .id = "dev.example.greeter", .name = "greeter", .version = "0.1.0"};
    static const roost_plugin_entry entry = {
        .size = sizeof entry,
        .abi_major = ROOST_ABI_MAJOR,
        .abi_minor = ROOST_ABI_MINOR,
        .descriptor = &descriptor,
        .create = create,
    };
    return &entry;
}
