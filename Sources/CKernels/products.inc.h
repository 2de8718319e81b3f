// Products of matrices for one width of vectors and one form of weights. Included by kernels.inc.h for each, with
// WEIGHT (what a weight is), LOAD_WEIGHTS (a vector of them as floats), and PRODUCTS (names of this form).

INLINE void PRODUCTS(tile)(
    const float *x, size_t x_stride, const WEIGHT *w, size_t w_stride, const float *bias, size_t width,
    float *y, size_t y_stride, const int columns, const int fetch)
{
    VECTOR sums[ROWS][COLUMNS];
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < columns; c++) sums[r][c] = (VECTOR){0};
    for (size_t k = 0; k < width; k += LANES) {
        VECTOR weights[ROWS];
        for (int r = 0; r < ROWS; r++) weights[r] = LOAD_WEIGHTS(w + r * w_stride + k);
        if (fetch)
            for (int r = 0; r < ROWS; r++) __builtin_prefetch(w + (ROWS + r) * w_stride + k, 0, 2);
        for (int c = 0; c < columns; c++) {
            VECTOR value = NAME(load)(x + c * x_stride + k);
            for (int r = 0; r < ROWS; r++) sums[r][c] += weights[r] * value;
        }
    }
    four addend = bias ? *(const four_unaligned *)bias : (four){0};
    for (int c = 0; c < columns; c++) {
        four q0 = NAME(fold)(sums[0][c]), q1 = NAME(fold)(sums[1][c]);
        four q2 = NAME(fold)(sums[2][c]), q3 = NAME(fold)(sums[3][c]);
        four a = __builtin_shufflevector(q0, q1, 0, 4, 2, 6) + __builtin_shufflevector(q0, q1, 1, 5, 3, 7);
        four b = __builtin_shufflevector(q2, q3, 0, 4, 2, 6) + __builtin_shufflevector(q2, q3, 1, 5, 3, 7);
        four total = __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
        *(four_unaligned *)(y + c * y_stride) = total + addend;
    }
}

INLINE float PRODUCTS(product)(const float *a, const WEIGHT *b, size_t width) {
    VECTOR total = {0};
    for (size_t k = 0; k < width; k += LANES) total += NAME(load)(a + k) * LOAD_WEIGHTS(b + k);
    return NAME(sum)(total);
}

TARGET static void PRODUCTS(linear)(
    const float *x, size_t x_stride, size_t m, const WEIGHT *w, size_t w_stride, size_t n,
    const float *bias, size_t width, float *y, size_t y_stride)
{
    // As many rows of x as stay in the second cache while the weights pass by.
    const size_t block = 48;
    for (size_t begin = 0; begin < m; begin += block) {
        size_t end = begin + block < m ? begin + block : m;
        size_t o = 0;
        for (; o + ROWS <= n; o += ROWS) {
            size_t t = begin;
            int fetch = 1;
            for (size_t tiles = (end - t + COLUMNS - 1) / COLUMNS; tiles > 0; tiles--) {
                size_t columns = (end - t + tiles - 1) / tiles;
#define TILE(count) \
    case count: \
        PRODUCTS(tile)(x + t * x_stride, x_stride, w + o * w_stride, w_stride, bias ? bias + o : NULL, width, \
            y + t * y_stride + o, y_stride, count, fetch); \
        break;
                switch (columns) {
                TILE(1)
                TILE(2)
                TILE(3)
#if COLUMNS > 3
                TILE(4)
                TILE(5)
                TILE(6)
#endif
                }
#undef TILE
                t += columns;
                fetch = 0;
            }
        }
        for (; o < n; o++)
            for (size_t t = begin; t < end; t++)
                y[t * y_stride + o]
                    = PRODUCTS(product)(x + t * x_stride, w + o * w_stride, width) + (bias ? bias[o] : 0);
    }
}

#undef WEIGHT
#undef LOAD_WEIGHTS
#undef PRODUCTS
