#include "json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Reading. The text is one valid value, so every quote and bracket has its match; `end` is checked all the same.

typedef const char *place;

static place skip_blanks(place at, place end) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) at++;
    return at;
}

static place skip_string(place at, place end) {
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\') at++;
    return at < end ? at + 1 : end;
}

static place skip_value(place at, place end) {
    int depth = 0;
    while (at < end) {
        char here = *at;
        if (here == '"') {
            at = skip_string(at, end);
        } else {
            if ((here == ',' || here == '}' || here == ']') && depth == 0) return at;
            depth += (here == '{' || here == '[') - (here == '}' || here == ']');
            at++;
        }
        bool closed = here == '"' || here == '}' || here == ']';
        if (closed && depth == 0) return at;
    }
    return end;
}

static roost_view trimmed(place from, place to) {
    while (to > from && (to[-1] == ' ' || to[-1] == '\t' || to[-1] == '\n' || to[-1] == '\r')) to--;
    return (roost_view){(const uint8_t *)from, (size_t)(to - from)};
}

bool json_member(roost_view object, const char *name, roost_view *value) {
    bool found = false;
    place end = (place)object.data + object.size, at = skip_blanks((place)object.data, end);
    if (at == end || *at != '{') return false;
    at = skip_blanks(at + 1, end);
    while (at < end && *at == '"') {
        place key = at;
        at = skip_string(at, end);
        size_t size;
        char *text = json_string(trimmed(key, at), &size);
        bool fits = text != NULL && size == strlen(name) && memcmp(text, name, size) == 0;
        free(text);
        at = skip_blanks(at, end);
        if (at == end || *at != ':') return false;
        place start = skip_blanks(at + 1, end);
        at = skip_value(start, end);
        if (fits) *value = trimmed(start, at);
        found = found || fits;
        at = skip_blanks(at, end);
        if (at < end && *at == ',') at = skip_blanks(at + 1, end);
    }
    return found;
}

static uint32_t hexadecimal(place at) {
    uint32_t number = 0;
    for (int i = 0; i < 4; i++) {
        char digit = at[i];
        number = number * 16 + (uint32_t)(digit <= '9' ? digit - '0' : (digit | 32) - 'a' + 10);
    }
    return number;
}

static char *put_utf8(char *to, uint32_t scalar) {
    if (scalar < 0x80) {
        *to++ = (char)scalar;
    } else if (scalar < 0x800) {
        *to++ = (char)(0xC0 | scalar >> 6);
        *to++ = (char)(0x80 | (scalar & 63));
    } else if (scalar < 0x10000) {
        *to++ = (char)(0xE0 | scalar >> 12);
        *to++ = (char)(0x80 | (scalar >> 6 & 63));
        *to++ = (char)(0x80 | (scalar & 63));
    } else {
        *to++ = (char)(0xF0 | scalar >> 18);
        *to++ = (char)(0x80 | (scalar >> 12 & 63));
        *to++ = (char)(0x80 | (scalar >> 6 & 63));
        *to++ = (char)(0x80 | (scalar & 63));
    }
    return to;
}

// The scalar that \uXXXX at `at` begins, a pair of surrogates as one; a surrogate alone becomes U+FFFD.
static uint32_t escaped_scalar(place *at, place end) {
    if (end - *at < 6) return *at = end, 0xFFFD;
    uint32_t first = hexadecimal(*at + 2);
    *at += 6;
    if (first < 0xD800 || first > 0xDFFF) return first;
    if (first > 0xDBFF || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u') return 0xFFFD;
    uint32_t second = hexadecimal(*at + 2);
    if (second < 0xDC00 || second > 0xDFFF) return 0xFFFD;
    *at += 6;
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

char *json_string(roost_view value, size_t *size) {
    if (value.size < 2 || value.data[0] != '"') return NULL;
    place at = (place)value.data + 1, end = (place)value.data + value.size - 1;
    char *text = malloc(value.size), *to = text;  // no escape is shorter than what it stands for
    if (text == NULL) abort();
    while (at < end) {
        if (*at != '\\' || at + 1 == end) {
            *to++ = *at++;
        } else if (at[1] == 'u') {
            to = put_utf8(to, escaped_scalar(&at, end));
        } else {
            static const char names[] = "bfnrt", meanings[] = "\b\f\n\r\t";
            const char *name = strchr(names, at[1]);
            *to++ = name != NULL ? meanings[name - names] : at[1];
            at += 2;
        }
    }
    *to = '\0';
    *size = (size_t)(to - text);
    return text;
}

bool json_integer(roost_view value, int64_t *number) {
    char digits[64], *end;
    if (value.size == 0 || value.size >= sizeof digits) return false;
    memcpy(digits, value.data, value.size);
    digits[value.size] = '\0';
    long double read = strtold(digits, &end);  // 64 bits and more: holds every int64_t exactly
    if (end != digits + value.size || !(read >= -0x1p63L && read < 0x1p63L)) return false;
    *number = (int64_t)read;
    return (long double)*number == read;
}

// ---- Writing

static void grow(json_text *text, size_t more) {
    if (text->room - text->size > more) return;
    text->room = (text->size + more) * 2 + 64;
    text->bytes = realloc(text->bytes, text->room);
    if (text->bytes == NULL) abort();
}

void json_raw(json_text *text, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size > 0) {
        grow(text, (size_t)size);
        vsnprintf(text->bytes + text->size, (size_t)size + 1, format, again);
        text->size += (size_t)size;
    }
    va_end(again);
}

void json_bytes(json_text *text, const char *bytes, size_t size) {
    if (size == 0) return;
    grow(text, size);
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
}

void json_quoted(json_text *text, const char *bytes, size_t size) {
    grow(text, size * 6 + 2);  // \u001f is the longest escape
    char *to = text->bytes + text->size;
    *to++ = '"';
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '"' || byte == '\\') *to++ = '\\';
        if (byte < 0x20) to += sprintf(to, "\\u%04x", byte);
        else *to++ = (char)byte;
    }
    *to++ = '"';
    text->size = (size_t)(to - text->bytes);
}

roost_buffer json_buffer(json_text *text) {
    roost_buffer buffer = {(uint8_t *)text->bytes, text->size, text->bytes, free};
    *text = (json_text){0};
    return buffer;
}
