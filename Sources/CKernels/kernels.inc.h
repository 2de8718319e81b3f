// The kernels for one width of vectors. Included once for each instruction set, with
// SUFFIX, LANES (floats in a vector), TARGET (function attribute), and ROWS and COLUMNS of a tile of products.
//
// A tile holds ROWS x COLUMNS sums in registers: the rows of w are read once for COLUMNS rows of x. What comes next of w is
// fetched meanwhile, since the weights of a model do not fit a cache.

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(name) JOIN(name, SUFFIX)
#define INLINE static inline __attribute__((always_inline)) TARGET

typedef float NAME(vector) __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int32_t NAME(integers) __attribute__((vector_size(LANES * 4), aligned(4)));
#define VECTOR NAME(vector)
#define INTEGERS NAME(integers)

INLINE VECTOR NAME(load)(const float *p) { return *(const VECTOR *)p; }
INLINE void NAME(store)(float *p, VECTOR v) { *(VECTOR *)p = v; }
INLINE VECTOR NAME(all)(float x) { return (VECTOR){0} + x; }
INLINE VECTOR NAME(choose)(INTEGERS mask, VECTOR a, VECTOR b) {
    return (VECTOR)(((INTEGERS)a & mask) | ((INTEGERS)b & ~mask));
}

INLINE four NAME(fold)(VECTOR v) {
#if LANES == 16
    eight half = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7)
        + __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    return __builtin_shufflevector(half, half, 0, 1, 2, 3) + __builtin_shufflevector(half, half, 4, 5, 6, 7);
#elif LANES == 8
    return __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7);
#else
    return v;
#endif
}

INLINE float NAME(sum)(VECTOR v) {
    four q = NAME(fold)(v);
    return (q[0] + q[2]) + (q[1] + q[3]);
}

INLINE float NAME(largest)(VECTOR v) {
    float result = v[0];
    for (int lane = 1; lane < LANES; lane++) result = v[lane] > result ? v[lane] : result;
    return result;
}

// e^x: 2^n by the exponent's bits, the rest by a polynomial of degree 6; relative error below 2e-7.
INLINE VECTOR NAME(exponential)(VECTOR x) {
    x = NAME(choose)(x < -87.0f, NAME(all)(-87.0f), x);
    x = NAME(choose)(x > 88.0f, NAME(all)(88.0f), x);
    VECTOR n = (x * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
    VECTOR r = x - n * 0.693359375f + n * 2.12194440e-4f;
    VECTOR p = NAME(all)(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    INTEGERS power = (__builtin_convertvector(n, INTEGERS) + 127) << 23;
    return p * (VECTOR)power;
}

// The error function by a rational approximation on -4...4; absolute error below 5e-7.
INLINE VECTOR NAME(error_function)(VECTOR x) {
    x = NAME(choose)(x < -4.0f, NAME(all)(-4.0f), x);
    x = NAME(choose)(x > 4.0f, NAME(all)(4.0f), x);
    VECTOR s = x * x;
    VECTOR p = NAME(all)(-2.72614225801306e-10f);
    p = p * s + 2.77068142495902e-08f;
    p = p * s - 2.10102402082508e-06f;
    p = p * s - 5.69250639462346e-05f;
    p = p * s - 7.34990630326855e-04f;
    p = p * s - 2.95459980854025e-03f;
    p = p * s - 1.60960333262415e-02f;
    VECTOR q = NAME(all)(-1.45660718464996e-05f);
    q = q * s - 2.13374055278905e-04f;
    q = q * s - 1.68282697438203e-03f;
    q = q * s - 7.37332916720468e-03f;
    q = q * s - 1.42647390514189e-02f;
    return x * p / q;
}

// LANES numbers of 16 bits as floats; they are finite.
#if LANES > 4
typedef _Float16 NAME(halves) __attribute__((vector_size(LANES * 2), aligned(2), may_alias));
INLINE VECTOR NAME(load_halves)(const uint16_t *p) {
    return __builtin_convertvector(*(const NAME(halves) *)p, VECTOR);
}
#else
// Exponent and fraction move to their places in a float; the product sets the exponent right, of the smallest numbers too.
INLINE VECTOR NAME(load_halves)(const uint16_t *p) {
    INTEGERS bits = {p[0], p[1], p[2], p[3]};
    VECTOR size = (VECTOR)((bits & 0x7FFF) << 13) * 0x1p112f;
    return (VECTOR)((INTEGERS)size | (bits >> 15) << 31);
}
#endif

#define WEIGHT float
#define LOAD_WEIGHTS(p) NAME(load)(p)
#define PRODUCTS(name) NAME(name)
#include "products.inc.h"

#define WEIGHT uint16_t
#define LOAD_WEIGHTS(p) NAME(load_halves)(p)
#define PRODUCTS(name) NAME(name##_of_halves)
#include "products.inc.h"

TARGET static void NAME(widen)(const uint16_t *x, size_t count, float *y) {
    for (size_t i = 0; i < count; i += LANES) NAME(store)(y + i, NAME(load_halves)(x + i));
}

TARGET static void NAME(gelu)(float *x, size_t count) {
    for (size_t i = 0; i < count; i += LANES) {
        VECTOR v = NAME(load)(x + i);
        NAME(store)(x + i, v * 0.5f * (NAME(error_function)(v * 0.70710678118654752f) + 1.0f));
    }
}

TARGET static void NAME(softmax)(
    float *x, size_t stride, size_t rows, size_t columns, size_t padded, float scale)
{
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        for (size_t i = columns; i < padded; i++) row[i] = -INFINITY;
        VECTOR most = NAME(load)(row);
        for (size_t i = LANES; i < padded; i += LANES) {
            VECTOR v = NAME(load)(row + i);
            most = NAME(choose)(v > most, v, most);
        }
        float top = NAME(largest)(most);
        VECTOR total = {0};
        for (size_t i = 0; i < padded; i += LANES) {
            VECTOR v = NAME(exponential)((NAME(load)(row + i) - top) * scale);
            NAME(store)(row + i, v);
            total += v;
        }
        float share = 1.0f / NAME(sum)(total);
        for (size_t i = 0; i < padded; i += LANES) NAME(store)(row + i, NAME(load)(row + i) * share);
        for (size_t i = columns; i < padded; i++) row[i] = 0;
    }
}

TARGET static void NAME(add_norm)(
    float *x, const float *residual, size_t rows, size_t width, const float *gamma, const float *beta,
    float epsilon)
{
    for (size_t r = 0; r < rows; r++) {
        float *row = x + r * width;
        VECTOR total = {0};
        for (size_t i = 0; i < width; i += LANES) {
            VECTOR v = NAME(load)(row + i);
            if (residual) v += NAME(load)(residual + r * width + i);
            NAME(store)(row + i, v);
            total += v;
        }
        float mean = NAME(sum)(total) / (float)width;
        VECTOR squares = {0};
        for (size_t i = 0; i < width; i += LANES) {
            VECTOR v = NAME(load)(row + i) - mean;
            squares += v * v;
        }
        float scale = 1.0f / sqrtf(NAME(sum)(squares) / (float)width + epsilon);
        for (size_t i = 0; i < width; i += LANES) {
            VECTOR v = (NAME(load)(row + i) - mean) * scale;
            NAME(store)(row + i, v * NAME(load)(gamma + i) + NAME(load)(beta + i));
        }
    }
}

TARGET static void NAME(add_rows)(float *sum, const float *x, size_t rows, size_t width) {
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < width; i += LANES)
            NAME(store)(sum + i, NAME(load)(sum + i) + NAME(load)(x + r * width + i));
}

TARGET static void NAME(scores)(
    const float *query, const float *rows, size_t count, size_t width, float *scores)
{
    NAME(linear)(query, width, 1, rows, width, count, NULL, width, scores, count);
}

// The compiler finds the instruction for it: products of pairs of 16 bits, added to sums of 32.
TARGET static int32_t NAME(product_of_bytes)(const int8_t *a, const int8_t *b, size_t count) {
    int32_t sum = 0;
    for (size_t i = 0; i < count / KERNELS_BYTES * KERNELS_BYTES; i++) sum += (int32_t)a[i] * (int32_t)b[i];
    return sum;
}

static const struct kernels NAME(kernels) = {
    .name = STRING(SUFFIX),
    .linear = NAME(linear),
    .linear_of_halves = NAME(linear_of_halves),
    .widen = NAME(widen),
    .gelu = NAME(gelu),
    .softmax = NAME(softmax),
    .add_norm = NAME(add_norm),
    .add_rows = NAME(add_rows),
    .scores = NAME(scores),
    .product_of_bytes = NAME(product_of_bytes),
};

#undef JOIN_
#undef JOIN
#undef NAME
#undef INLINE
#undef VECTOR
#undef INTEGERS
#undef SUFFIX
#undef LANES
#undef TARGET
#undef ROWS
#undef COLUMNS
