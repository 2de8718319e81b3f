// As much JSON as a plugin needs. The host hands over text it has validated; these functions read it and write answers.
#ifndef JSON_H
#define JSON_H

#include <roost/roost.h>

// The value of a member of an object, as it stands there; false when there is none. The last of equal names counts.
bool json_member(roost_view object, const char *name, roost_view *value);

// The characters of a string as UTF-8, ended by a zero byte; the caller frees them. NULL when `value` is no string.
// `size` counts the bytes before the end, because the text itself may hold zero bytes.
char *json_string(roost_view value, size_t *size);

// A whole number of 64 bits, however it is written: 2, 2.0 and 0.2e1 are one number. False when `value` is none.
bool json_integer(roost_view value, int64_t *number);

// Text that grows. Begin with {0}; json_buffer hands the bytes over to the host, who frees them.
typedef struct json_text {
    char *bytes;
    size_t size, room;
} json_text;

void json_raw(json_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void json_bytes(json_text *text, const char *bytes, size_t size);   // as they are
void json_quoted(json_text *text, const char *bytes, size_t size);  // a string: with what must be escaped escaped
roost_buffer json_buffer(json_text *text);

#endif
