// A compile-time lock on the layout that every released v1 plugin was built against.
// Adding a field at the end of a struct adds a line here; any other change of an existing line breaks every plugin.
#include "roost/roost.h"

#define AT(type, field, offset) _Static_assert(offsetof(type, field) == (offset), #type "." #field " moved")
#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " changed its size")

_Static_assert(sizeof(void *) == 8, "v1 is defined for 64-bit targets");
SIZE(roost_status, 4);
SIZE(roost_log_level, 4);
SIZE(roost_call, 8);

SIZE(roost_view, 16);
AT(roost_view, data, 0);
AT(roost_view, size, 8);

SIZE(roost_buffer, 32);
AT(roost_buffer, data, 0);
AT(roost_buffer, size, 8);
AT(roost_buffer, context, 16);
AT(roost_buffer, release, 24);

SIZE(roost_host, 88);
AT(roost_host, size, 0);
AT(roost_host, abi_major, 4);
AT(roost_host, abi_minor, 6);
AT(roost_host, context, 8);
AT(roost_host, name, 16);
AT(roost_host, version, 24);
AT(roost_host, alias, 32);
AT(roost_host, data_directory, 48);
AT(roost_host, complete, 64);
AT(roost_host, is_cancelled, 72);
AT(roost_host, get_extension, 80);

SIZE(roost_plugin_descriptor, 40);
AT(roost_plugin_descriptor, size, 0);
AT(roost_plugin_descriptor, max_concurrent_calls, 4);
AT(roost_plugin_descriptor, id, 8);
AT(roost_plugin_descriptor, name, 16);
AT(roost_plugin_descriptor, version, 24);
AT(roost_plugin_descriptor, toolchain, 32);

SIZE(roost_request, 112);
AT(roost_request, size, 0);
AT(roost_request, flags, 4);
AT(roost_request, method, 8);
AT(roost_request, target, 24);
AT(roost_request, arguments, 40);
AT(roost_request, input_responses, 56);
AT(roost_request, state, 72);
AT(roost_request, context, 88);
AT(roost_request, deadline_ns, 104);

SIZE(roost_plugin, 72);
AT(roost_plugin, size, 0);
AT(roost_plugin, context, 8);
AT(roost_plugin, start, 16);
AT(roost_plugin, stop, 24);
AT(roost_plugin, destroy, 32);
AT(roost_plugin, manifest, 40);
AT(roost_plugin, call, 48);
AT(roost_plugin, cancel, 56);
AT(roost_plugin, get_extension, 64);

SIZE(roost_plugin_entry, 24);
AT(roost_plugin_entry, size, 0);
AT(roost_plugin_entry, abi_major, 4);
AT(roost_plugin_entry, abi_minor, 6);
AT(roost_plugin_entry, descriptor, 8);
AT(roost_plugin_entry, create, 16);

SIZE(roost_host_log, 24);
AT(roost_host_log, is_enabled, 8);
AT(roost_host_log, write, 16);
SIZE(roost_host_progress, 16);
AT(roost_host_progress, report, 8);
SIZE(roost_host_manifest, 16);
AT(roost_host_manifest, changed, 8);
SIZE(roost_host_resources, 16);
AT(roost_host_resources, updated, 8);
SIZE(roost_host_stream, 16);
AT(roost_host_stream, close, 8);

SIZE(roost_http, 8);
SIZE(roost_http_cause, 4);
SIZE(roost_http_field, 32);
AT(roost_http_field, name, 0);
AT(roost_http_field, value, 16);
SIZE(roost_http_request, 88);
AT(roost_http_request, size, 0);
AT(roost_http_request, flags, 4);
AT(roost_http_request, method, 8);
AT(roost_http_request, url, 24);
AT(roost_http_request, fields, 40);
AT(roost_http_request, field_count, 48);
AT(roost_http_request, body, 56);
AT(roost_http_request, timeout_ns, 72);
AT(roost_http_request, max_body, 80);
SIZE(roost_http_answer, 56);
AT(roost_http_answer, size, 0);
AT(roost_http_answer, status, 4);
AT(roost_http_answer, fields, 8);
AT(roost_http_answer, field_count, 16);
AT(roost_http_answer, url, 24);
AT(roost_http_answer, body, 40);
SIZE(roost_http_handler, 48);
AT(roost_http_handler, size, 0);
AT(roost_http_handler, context, 8);
AT(roost_http_handler, on_head, 16);
AT(roost_http_handler, on_body, 24);
AT(roost_http_handler, on_room, 32);
AT(roost_http_handler, on_done, 40);
SIZE(roost_host_http, 40);
AT(roost_host_http, size, 0);
AT(roost_host_http, send, 8);
AT(roost_host_http, write, 16);
AT(roost_host_http, consumed, 24);
AT(roost_host_http, cancel, 32);
SIZE(roost_plugin_state, 24);
AT(roost_plugin_state, export_state, 8);
AT(roost_plugin_state, import_state, 16);
