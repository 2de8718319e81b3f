import RoostJSON

/// The table of contents of a safetensors file: which tensor lies where.
///
/// A little-endian length, that many bytes of JSON, then the data the JSON's offsets count from. Everything is checked
/// here, so that who reads a tensor afterwards stays inside the file.
struct SafetensorsHeader: Sendable {
    struct Tensor: Sendable, Equatable {
        /// For example F32.
        var type: String
        var shape: [Int]
        /// Bytes from the beginning of the file.
        var range: Range<Int>
    }

    let tensors: [String: Tensor]

    /// Far more than the headers of models have.
    private static let longestHeader = 16 << 20

    /// Reads the head of a file of `size` bytes; `head` has to reach as far as the header says.
    init(_ head: some RandomAccessCollection<UInt8>, size: Int) throws(EmbeddingFailure) {
        let length = head.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard head.count >= 8, length <= UInt64(min(size - 8, Self.longestHeader)),
            head.count - 8 >= Int(length)
        else {
            throw Self.damaged("a header of \(length) bytes in a file of \(size)")
        }
        let start = 8 + Int(length)
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: Array(head.dropFirst(8).prefix(Int(length))))
        } catch {
            throw Self.damaged("a header that is not JSON (\(error))")
        }
        var tensors: [String: Tensor] = [:]
        for member in document.root.members where member.key != "__metadata__" {
            tensors[member.key] = try Self.tensor(member.key, member.value, start: start, size: size)
        }
        self.tensors = tensors
    }

    private static func tensor(
        _ name: String,
        _ value: JSONView,
        start: Int,
        size: Int
    ) throws(EmbeddingFailure) -> Tensor {
        let shape = value["shape"]?.elements.compactMap { $0.integer } ?? []
        let offsets = value["data_offsets"]?.elements.compactMap { $0.integer } ?? []
        guard let type = value["dtype"]?.string, shape.count == value["shape"]?.elements.count,
            offsets.count == 2,
            shape.allSatisfy({ $0 >= 0 })
        else { throw damaged("no type, shape and offsets for \(name)") }
        let (begin, isTooFar) = Int(offsets[0]).addingReportingOverflow(start)
        let (end, isTooLong) = Int(offsets[1]).addingReportingOverflow(start)
        guard !isTooFar, !isTooLong, begin >= start, begin <= end, end <= size else {
            throw damaged("\(name) outside the file (bytes \(offsets[0]) to \(offsets[1]))")
        }
        return Tensor(type: type, shape: shape.map { Int($0) }, range: begin..<end)
    }

    private static func damaged(_ found: String) -> EmbeddingFailure {
        EmbeddingFailure(.damaged, "expected a safetensors file; found \(found). Fetch the model again")
    }
}
