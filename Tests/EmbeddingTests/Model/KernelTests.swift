import CKernels
import Glibc
import Testing

/// Every instruction set computes what the plain formula says.
@Suite("Kernels", .serialized)
struct KernelTests {
    private static let sets = ["portable", "avx2", "avx512"]
    private var random = SeededNumbers(seed: 7)

    @Test("Products with bias, whatever the number of rows and outputs", arguments: sets)
    mutating func linear(set: String) throws {
        try use(set)
        defer { restore() }
        for (m, n, width) in [(1, 4, 16), (5, 7, 32), (6, 384, 384), (13, 9, 1536), (61, 33, 48)] {
            let x = random.floats(m * width)
            let w = random.floats(n * width)
            let bias = random.floats(n)
            var y = [Float](repeating: .nan, count: m * n)
            kernels_linear(x, width, m, w, width, n, bias, width, &y, n)
            for row in 0..<m {
                for output in 0..<n {
                    let exact = (0..<width).reduce(Double(bias[output])) {
                        $0 + Double(x[row * width + $1]) * Double(w[output * width + $1])
                    }
                    #expect(abs(Double(y[row * n + output]) - exact) < 1e-3, "\(m)x\(n)x\(width)")
                }
            }
        }
    }

    @Test("Products with weights of 16 bits are those of the same weights as floats", arguments: sets)
    mutating func halves(set: String) throws {
        try use(set)
        defer { restore() }
        for (m, n, width) in [(1, 4, 16), (5, 7, 32), (13, 9, 1536), (61, 33, 48)] {
            let x = random.floats(m * width)
            let w = random.floats(n * width).map { Float16($0) }
            let bias = random.floats(n)
            var (y, exact) = ([Float](repeating: .nan, count: m * n), [Float](repeating: 0, count: m * n))
            kernels_linear(x, width, m, w.map { Float($0) }, width, n, bias, width, &exact, n)
            kernels_linear_of_halves(x, width, m, w.map(\.bitPattern), width, n, bias, width, &y, n)
            #expect(zip(y, exact).allSatisfy { abs($0 - $1) < 1e-4 }, "\(m)x\(n)x\(width)")
        }
    }

    @Test("Every finite number of 16 bits becomes the float it is", arguments: sets)
    func widen(set: String) throws {
        try use(set)
        defer { restore() }
        let bits = (UInt16.min...UInt16.max).map { Float16(bitPattern: $0).isFinite ? $0 : 0 }
        var floats = [Float](repeating: .nan, count: bits.count)
        kernels_widen(bits, bits.count, &floats)
        #expect(floats == bits.map { Float(Float16(bitPattern: $0)) })
        #expect(floats[0x8000].sign == .minus)
    }

    @Test("GELU is the exact one, not its approximation by tanh", arguments: sets)
    func gelu(set: String) throws {
        try use(set)
        defer { restore() }
        let x = (0..<1600).map { Float($0 - 800) / 100 }
        var y = x
        kernels_gelu(&y, y.count)
        for (input, output) in zip(x, y) {
            let exact = Double(input) * 0.5 * (1 + erf(Double(input) / 2.0.squareRoot()))
            #expect(abs(Double(output) - exact) < 2e-6, "at \(input)")
        }
    }

    @Test("Softmax sums to 1, leaves the padding 0, and does not overflow", arguments: sets)
    mutating func softmax(set: String) throws {
        try use(set)
        defer { restore() }
        for (columns, padded, factor) in [
            (1, 16, 1), (16, 16, 1), (17, 32, 1), (250, 256, 1), (20, 32, 1000),
        ] {
            let x = random.floats(padded).map { $0 * Float(factor) }
            var y = x
            kernels_softmax(&y, padded, 1, columns, padded, 0.5)
            let top = x[..<columns].max() ?? 0
            let exact = x[..<columns].map { exp(Double($0 - top) * 0.5) }
            let total = exact.reduce(0, +)
            for column in 0..<columns { #expect(abs(Double(y[column]) - exact[column] / total) < 1e-6) }
            #expect(y[columns...].allSatisfy { $0 == 0 })
        }
    }

    @Test("Layer norm of a sum", arguments: sets)
    mutating func addNorm(set: String) throws {
        try use(set)
        defer { restore() }
        let (x, residual) = (random.floats(384), random.floats(384))
        let (gamma, beta) = (random.floats(384), random.floats(384))
        var y = x
        kernels_add_norm(&y, residual, 1, 384, gamma, beta, 1e-12)
        let sums = zip(x, residual).map { Double($0) + Double($1) }
        let mean = sums.reduce(0, +) / 384
        let deviation = (sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 384).squareRoot()
        for index in 0..<384 {
            let exact = (sums[index] - mean) / deviation * Double(gamma[index]) + Double(beta[index])
            #expect(abs(Double(y[index]) - exact) < 1e-5)
        }
    }

    @Test("Products of bytes do not overflow", arguments: sets)
    mutating func bytes(set: String) throws {
        try use(set)
        defer { restore() }
        for count in [64, 384, 1536, 16_384] {
            let a = random.floats(count).map { Int8($0 * 127) }
            let b = random.floats(count).map { Int8($0 * 127) }
            let exact = zip(a, b).reduce(0) { $0 + Int($1.0) * Int($1.1) }
            #expect(Int(kernels_product_of_bytes(a, b, count)) == exact)
            let lowest = [Int8](repeating: -127, count: count)
            #expect(Int(kernels_product_of_bytes(lowest, lowest, count)) == 127 * 127 * count)
        }
    }

    private func use(_ set: String) throws {
        if !kernels_use(set) { try #require(kernels_use("portable")) }
    }

    private func restore() {
        for set in Self.sets { _ = kernels_use(set) }
    }
}
