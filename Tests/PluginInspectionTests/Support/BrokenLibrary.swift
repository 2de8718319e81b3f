import PluginRuntime
import RoostJSON
import Subprocess
import Testing

/// A plugin with one fault: how it is compiled, what is done to the file, and the settings that bring the fault out.
struct BrokenLibrary: Sendable {
    /// The file of Tests/Fixtures/BrokenPlugins it is made of.
    var source = "broken.c"
    /// Macros of broken.c, as the compiler takes them.
    var macros: [String] = []
    /// Further words for the compiler, which links too.
    var flags: [String] = []
    /// A library that the linker has and the machine has not: its name without lib and .so, and its source.
    var neighbour: (name: String, source: String)?
    /// What happens to the bytes of the file.
    var mangle: @Sendable (inout [UInt8]) -> Void = { _ in }
    var config: JSONObject = [:]
    /// Seconds that one step of its life may take.
    var patience = 30
    /// How long it is left alone after its start.
    var rest = Duration.milliseconds(100)

    /// Writes it as libBroken.so into a folder; the library's path.
    func build(in folder: TemporaryFolder) async throws -> String {
        let path = folder.path + "/libBroken.so"
        var bytes = try await CompiledLibraries.shared.bytes(of: self)
        mangle(&bytes)
        try Files.write(bytes, to: path)
        return path
    }

    /// What the compiler makes of it, before it is mangled.
    func compiled() async throws -> [UInt8] {
        try await TemporaryFolder.with { folder in
            let path = folder.path + "/libBroken.so"
            var words = ["-shared", "-fPIC", "-O1", "-fvisibility=hidden"]
            words += ["-I", "\(Project.root)/Sources/CRoost/include"] + macros.map { "-D" + $0 }
            words += ["-o", path, "\(Project.root)/Tests/Fixtures/BrokenPlugins/\(source)"]
            if let neighbour {
                try Files.write(Array(neighbour.source.utf8), to: folder.path + "/neighbour.c")
                let library = "\(folder.path)/lib\(neighbour.name).so"
                let soname = "-Wl,-soname,lib\(neighbour.name).so"
                try await Self.compile([
                    "-shared", "-fPIC", soname, "-o", library, "\(folder.path)/neighbour.c",
                ])
                words += ["-L", folder.path, "-Wl,--no-as-needed", "-l\(neighbour.name)"]
            }
            try await Self.compile(words + flags)
            return try Files.read(path)
        }
    }

    private static func compile(_ words: [String]) async throws {
        let result = try await run(
            .name("cc"),
            arguments: Arguments(words),
            output: .discarded,
            error: .string(limit: 1 << 16)
        )
        try #require(
            result.terminationStatus.isSuccess,
            "cc \(words.joined(separator: " ")): \(result.standardError)"
        )
    }
}

extension [UInt8] {
    /// Writes a little-endian number over what is there.
    mutating func set(_ number: UInt64, bytes: Int, at place: Int) {
        for index in 0..<bytes {
            self[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))
        }
    }
}
