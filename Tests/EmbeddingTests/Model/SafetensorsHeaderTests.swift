import Testing

@testable import Embedding

@Suite("Safetensors header")
struct SafetensorsHeaderTests {
    @Test("Names, types, shapes and places are read; metadata is skipped")
    func reads() throws {
        let json = #"{"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}"#
        let bytes = file(json, data: 24)
        let header = try SafetensorsHeader(bytes, size: bytes.count)
        let start = 8 + json.utf8.count
        #expect(header.tensors == ["w": .init(type: "F32", shape: [2, 3], range: start..<start + 24)])
    }

    @Test(
        "What does not hold is refused",
        arguments: [
            #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,800]}}"#,
            #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
            #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#,
            #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}"#,
            #"{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#,
            #"{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}"#,
            #"{"w":{"shape":[2],"data_offsets":[0,8]}}"#,
            #"{"w":3}"#,
            #"{"w":"#,
        ]
    )
    func refuses(json: String) {
        let bytes = file(json, data: 8)
        #expect(throws: EmbeddingFailure.self) { _ = try SafetensorsHeader(bytes, size: bytes.count) }
    }

    @Test("A length beyond the file is refused", arguments: [UInt64.max, 1 << 40, 1000])
    func length(_ length: UInt64) {
        var bytes = file("{}", data: 0)
        for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        #expect(throws: EmbeddingFailure.self) { _ = try SafetensorsHeader(bytes, size: bytes.count) }
    }

    private func file(_ json: String, data: Int) -> [UInt8] {
        let length = UInt64(json.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(json.utf8)
            + [UInt8](repeating: 0, count: data)
    }
}
