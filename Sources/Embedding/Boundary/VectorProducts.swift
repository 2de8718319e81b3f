import CKernels

/// The products of a query with many vectors.
enum VectorProducts {
    /// Floats of a row are rounded up to a multiple of this.
    static let lanes = Int(KERNELS_LANES)

    /// Appends query · row for each of `count` rows, the first of them row number `first`.
    ///
    /// The query has `width` floats and each row too; width is a multiple of ``lanes``.
    static func append(
        _ query: [Float],
        _ rows: [Float],
        from first: Int,
        count: Int,
        width: Int,
        to products: inout [Float]
    ) {
        precondition(query.count == width && width % lanes == 0)
        precondition(first >= 0 && rows.count >= (first + count) * width)
        let start = products.count
        products.append(contentsOf: repeatElement(0, count: count))
        products.withUnsafeMutableBufferPointer { products in
            query.withUnsafeBufferPointer { query in
                rows.withUnsafeBufferPointer { rows in
                    // Invariant: the preconditions above are all that the kernel asks of sizes.
                    guard count > 0, let q = query.baseAddress, let r = rows.baseAddress,
                        let p = products.baseAddress
                    else { return }
                    kernels_scores(q, r + first * width, count, width, p + start)
                }
            }
        }
    }
}
