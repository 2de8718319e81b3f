import CellProtocol
import Testing

@Suite("Frames between host and cell")
struct FrameTests {
    static let hostFrames: [HostFrame] = [
        .create(
            plugin: 1,
            CreateFrame(
                alias: "wetter",
                library: "libWetter.so",
                image: "/data/ü.so",
                digest: "5d41402a",
                dataDirectory: "/data",
                config: Array("{}".utf8),
                logLevel: 3
            )
        ),
        .start(plugin: 1), .stop(plugin: 2), .destroy(plugin: .max), .manifest(plugin: 0),
        .call(
            plugin: 7,
            call: .max,
            CallFrame(
                flags: 1,
                method: "tools/call",
                target: "forecast",
                arguments: Array(#"{"city":"Oslo"}"#.utf8),
                inputResponses: [],
                state: [0, 255],
                context: Array("{}".utf8),
                deadline: 1 << 40
            )
        ),
        .httpHead(
            plugin: 1,
            request: 2,
            HTTPHeadFrame(status: 200, url: "https://ü", fields: ["a", "b", "c", ""])
        ),
        .httpBody(plugin: 1, request: 2, bytes: [0, 1, 255]),
        .httpRoom(plugin: 1, request: 2, count: 1 << 40),
        .httpDone(plugin: 1, request: 2, cause: 8, message: "broke off"),
        .cancel(plugin: 7, call: 1), .closed(plugin: 7, call: 2, status: -5), .quit,
        .describe(plugin: 4, image: "/data/ü.so", digest: "ab"),
        .exportState(plugin: 3), .importState(plugin: 3, state: [0, 1, 255]),
        .confine(confine),
    ]

    static let confine: ConfineFrame = {
        var frame = ConfineFrame()
        frame.mayExecute = true
        frame.readable = ["/usr/share/ü", ""]
        frame.writable = ["/data"]
        frame.hidden = "/var"
        (frame.memory, frame.openFiles, frame.processes, frame.cpuSeconds) = (1 << 33, 64, 8, .max)
        return frame
    }()

    static let described: DescribedFrame = {
        var frame = DescribedFrame()
        (frame.fault, frame.entrySize, frame.abiMajor, frame.abiMinor) = ("no entry", 24, 1, .max)
        (frame.missing, frame.descriptorSize, frame.concurrency) = (["a", "ü"], 40, .max)
        (frame.id, frame.name, frame.version, frame.toolchain) = ("dev.ü", "n", "1.0.0", "Swift 6.3.1")
        return frame
    }()

    static let cellFrames: [CellFrame] = [
        .hello(version: 1, build: "b"), .created(plugin: 1, concurrency: 4, keepsState: true, fault: ""),
        .started(plugin: 1, status: -1),
        .stopped(plugin: 1), .destroyed(plugin: 1), .manifest(plugin: 1, text: Array("{}".utf8)),
        .complete(plugin: 1, call: 9, status: 4, result: [UInt8](repeating: 7, count: 300)),
        .write(plugin: 1, call: 0, level: 7, logger: "", data: Array("\"ü\"".utf8)), .changed(plugin: 3),
        .report(plugin: 1, call: 9, progress: 0.5, total: -0.0, message: "half"),
        .updated(plugin: 1, uri: "a://b"),
        .httpSend(
            plugin: 1,
            request: .max,
            HTTPSendFrame(
                flags: 31,
                method: "POST",
                url: "https://a.example/?b=c",
                fields: ["X-A", "1", "x-a", "2"],
                bodyLength: 1 << 20,
                timeout: 1,
                maximumBody: .max
            )
        ),
        .httpSend(
            plugin: 1,
            request: 1,
            HTTPSendFrame(
                flags: 0,
                method: "",
                url: "",
                fields: [],
                bodyLength: nil,
                timeout: 0,
                maximumBody: 0
            )
        ),
        .httpWrite(plugin: 1, request: 2, bytes: [1], isLast: true),
        .httpWrite(plugin: 1, request: 2, bytes: [], isLast: false),
        .httpConsumed(plugin: 1, request: 2, count: 3), .httpCancel(plugin: 1, request: 2),
        .close(plugin: 1, call: 9, retry: 5_000_000), .misbehaved(plugin: 1, what: "completed twice"),
        .exported(plugin: 1, status: 0, state: [9, 8]), .imported(plugin: 1, status: 1),
        .described(plugin: 4, DescribedFrame()), .described(plugin: 5, described),
        .confined([
            ConfinedFrame(measure: "files", state: "enforced", reason: "Landlock 7"),
            ConfinedFrame(measure: "exec", state: "granted", reason: ""),
        ]),
    ]

    @Test("are read as they were written, however the bytes are split", arguments: [1, 2, 3, 7, 64, 1 << 20])
    func roundTrip(_ size: Int) throws {
        var bytes: [UInt8] = []
        for frame in Self.hostFrames { frame.encode(into: &bytes) }
        #expect(
            try read(bytes, splits: Array(repeating: size, count: bytes.count)) {
                try HostFrame(decoding: $0)
            } == Self.hostFrames
        )
        bytes = []
        for frame in Self.cellFrames { frame.encode(into: &bytes) }
        #expect(
            try read(bytes, splits: Array(repeating: size, count: bytes.count)) {
                try CellFrame(decoding: $0)
            } == Self.cellFrames
        )
    }

    @Test("are read as they were written when every split is another", arguments: 0..<20)
    func shuffled(_ seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        var bytes: [UInt8] = []
        for _ in 0..<10 { for frame in Self.cellFrames { frame.encode(into: &bytes) } }
        let splits = (0..<bytes.count).map { _ -> Int in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % 97) + 1
        }
        let frames = try read(bytes, splits: splits) { try CellFrame(decoding: $0) }
        #expect(frames == (0..<10).flatMap { _ in Self.cellFrames })
    }

    @Test("that end early, run over or are of no known kind are refused")
    func broken() throws {
        for frame in Self.hostFrames {
            var bytes: [UInt8] = []
            frame.encode(into: &bytes)
            let body = bytes[4...]
            for end in body.indices.dropFirst() {
                #expect(throws: FrameError.self) { try HostFrame(decoding: body[..<end]) }
            }
            #expect(throws: FrameError.self) { try HostFrame(decoding: (Array(body) + [0])[...]) }
        }
        #expect(throws: FrameError.self) { try HostFrame(decoding: [200]) }
        #expect(throws: FrameError.self) { try CellFrame(decoding: [0]) }
        #expect(throws: FrameError.self) { try CellFrame(decoding: []) }
    }

    @Test(
        "with an impossible length are refused before they are waited for",
        arguments: [
            ([0, 0, 0, 0], 0), ([255, 255, 255, 255], 4_294_967_295), ([1, 0, 0, 16], 268_435_457),
        ]
    )
    func lengths(_ bytes: [UInt8], _ length: Int) throws {
        var splitter = FrameSplitter()
        splitter.append(bytes)
        let error = #expect(throws: FrameError.self) { try splitter.next() }
        #expect(error?.description == "a frame of \(length) bytes was announced; expected 1 to 268435456")
    }

    @Test("of the greatest length are waited for, and hold the longest payload with what stands around it")
    func longest() throws {
        var splitter = FrameSplitter()
        splitter.append([0, 0, 0, 16])
        #expect(try splitter.next() == nil)
        var bytes: [UInt8] = []
        CellFrame.complete(plugin: 1, call: 2, status: 0, result: []).encode(into: &bytes)
        #expect(bytes.count + PayloadLimit.bytes <= 256 << 20)
    }

    @Test("stand byte for byte as Documentation/Cells.md draws them")
    func bytes() {
        var bytes: [UInt8] = []
        HostFrame.cancel(plugin: 2, call: 0x0102).encode(into: &bytes)
        #expect(bytes == [13, 0, 0, 0, 7, 2, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0])
    }

    private func read<Frame>(
        _ bytes: [UInt8],
        splits: [Int],
        decode: (ArraySlice<UInt8>) throws -> Frame
    ) throws -> [Frame] {
        var splitter = FrameSplitter()
        var frames: [Frame] = []
        var offset = 0
        for size in splits where offset < bytes.count {
            splitter.append(bytes[offset..<min(offset + size, bytes.count)])
            offset += size
            while let frame = try splitter.next() { frames.append(try decode(frame)) }
        }
        #expect(try splitter.next() == nil)
        return frames
    }
}
