import Embedding

/// The vectors of a flat FAISS index, as the original platform wrote it (IndexFlatL2 and IndexFlatIP).
struct FAISSIndex: Sendable {
    let dimensions: Int
    let count: Int
    private let bytes: ArraySlice<UInt8>

    /// Why the file cannot be used.
    struct Fault: Error {
        var sentence: String
    }

    /// Reads the head and checks the sizes; the vectors are read when they are asked for.
    init(_ file: [UInt8]) throws(Fault) {
        // name, dimensions, count, two fixed numbers, trained, metric, count of floats
        guard file.count >= 45 else {
            throw Fault(sentence: "expected a FAISS index, found \(file.count) bytes")
        }
        let name = String(decoding: file[0..<4], as: UTF8.self)
        guard name == "IxF2" || name == "IxFI" else {
            throw Fault(
                sentence:
                    "expected a flat FAISS index (IxF2 or IxFI), found \"\(name.debugDescription.dropFirst().dropLast())\""
            )
        }
        let dimensions = Self.number(file[4..<8])
        let count = Self.number(file[8..<16])
        let floats = Self.number(file[37..<45])
        guard dimensions > 0, dimensions <= 65_536, count <= 1 << 32, floats == dimensions * count,
            UInt64(file.count - 45) >= floats * 4
        else {
            throw Fault(
                sentence:
                    "expected \(count) vectors of \(dimensions) floats, found \(floats) floats in \(file.count - 45) bytes"
            )
        }
        self.dimensions = Int(dimensions)
        self.count = Int(count)
        bytes = file[45...]
    }

    /// A vector; nil when there is none of that number, or it has something else than finite numbers.
    func vector(_ number: Int) -> [Float]? {
        guard number >= 0, number < count else { return nil }
        let start = bytes.startIndex + number * dimensions * 4
        return VectorBytes.decode(bytes[start..<start + dimensions * 4], dimensions: dimensions)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
