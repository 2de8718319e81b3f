// libffi as Swift can use it: its types as functions, because Swift 6 takes no global variables of C; a call that looks at errno
// before anything else can set it; and long double, which Swift does not have everywhere.
#ifndef ROOST_CFFI_SHIM_H
#define ROOST_CFFI_SHIM_H
#include <errno.h>
#include <ffi.h>
#include <stdint.h>
#include <string.h>

typedef enum roost_ffi_kind {
    ROOST_FFI_VOID, ROOST_FFI_POINTER, ROOST_FFI_FLOAT, ROOST_FFI_DOUBLE, ROOST_FFI_LONG_DOUBLE,
    ROOST_FFI_S8, ROOST_FFI_U8, ROOST_FFI_S16, ROOST_FFI_U16, ROOST_FFI_S32, ROOST_FFI_U32, ROOST_FFI_S64, ROOST_FFI_U64,
} roost_ffi_kind;

static inline ffi_type *roost_ffi_type(roost_ffi_kind kind) {
    switch (kind) {
        case ROOST_FFI_VOID: return &ffi_type_void;
        case ROOST_FFI_POINTER: return &ffi_type_pointer;
        case ROOST_FFI_FLOAT: return &ffi_type_float;
        case ROOST_FFI_DOUBLE: return &ffi_type_double;
        case ROOST_FFI_LONG_DOUBLE: return &ffi_type_longdouble;
        case ROOST_FFI_S8: return &ffi_type_sint8;
        case ROOST_FFI_U8: return &ffi_type_uint8;
        case ROOST_FFI_S16: return &ffi_type_sint16;
        case ROOST_FFI_U16: return &ffi_type_uint16;
        case ROOST_FFI_S32: return &ffi_type_sint32;
        case ROOST_FFI_U32: return &ffi_type_uint32;
        case ROOST_FFI_S64: return &ffi_type_sint64;
        case ROOST_FFI_U64: return &ffi_type_uint64;
    }
    return &ffi_type_void;
}

// 0 when libffi can make calls of this shape.
static inline int roost_ffi_prepare(ffi_cif *cif, unsigned int count, ffi_type *result, ffi_type **arguments) {
    return (int)ffi_prep_cif(cif, FFI_DEFAULT_ABI, count, result, arguments);
}

// Returns what errno is after the call; it is 0 before.
static inline int roost_ffi_call(ffi_cif *cif, void *function, void *result, void **arguments) {
    errno = 0;
    ffi_call(cif, FFI_FN(function), result, arguments);
    return errno;
}

static inline double roost_long_double_load(const void *place) {
    long double value;
    memcpy(&value, place, sizeof value);
    return (double)value;
}

static inline void roost_long_double_store(void *place, double number) {
    long double value = number;
    memcpy(place, &value, sizeof value);
}
#endif
