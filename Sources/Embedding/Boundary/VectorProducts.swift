import CKernels

/// The products of a query with many vectors.
enum VectorProducts {
    /// Floats of a row are rounded up to a multiple of this.
    static let lanes = Int(KERNELS_LANES)

    /// Appends query · row for each of the `count` rows that `rows` begins with.
    ///
    /// The query has `width` floats and each row too; width is a multiple of ``lanes``.
    static func append(_ query: [Float], _ rows: [Float], count: Int, width: Int, to products: inout [Float])
    {
        precondition(query.count == width && rows.count >= count * width && width % lanes == 0)
        let start = products.count
        products.append(contentsOf: repeatElement(0, count: count))
        products.withUnsafeMutableBufferPointer { products in
            query.withUnsafeBufferPointer { query in
                rows.withUnsafeBufferPointer { rows in
                    // Invariant: the precondition above is all that the kernel asks of sizes.
                    guard count > 0, let q = query.baseAddress, let r = rows.baseAddress,
                        let p = products.baseAddress
                    else { return }
                    kernels_scores(q, r, count, width, p + start)
                }
            }
        }
    }
}
