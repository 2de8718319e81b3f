import Glibc
import Logging
import NIOPosix
import Testing

@testable import PluginRuntime

/// A library on disk that is written in every way writers have.
@Suite("Library watch")
struct LibraryWatchTests {
    private let directory = TemporaryDirectory()
    private let settled = Recorder<String>()

    private func watch(_ libraries: [String: String]) async -> LibraryWatch {
        let settled = settled
        let watch = LibraryWatch(
            on: MultiThreadedEventLoopGroup.singleton.next(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { settled.append($0) }
        await watch.watch(libraries)
        return watch
    }

    @Test("tells of a library that was written in place, and of one that was moved there")
    func written() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        let watch = await watch(["plugin": library.path])
        try append(try VersionedLibrary.bytes("2"), to: library.path, truncating: true)
        try await settled.wait { $0 == ["plugin"] }
        // A temporary file that is renamed.
        try library.write("3")
        try await settled.wait { $0 == ["plugin", "plugin"] }
        await watch.stop()
    }

    @Test("does not tell of half a library, and tells once the other half is there")
    func half() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        let watch = await watch(["plugin": library.path])
        let bytes = try VersionedLibrary.bytes("2")
        try append(Array(bytes.prefix(bytes.count / 2)), to: library.path, truncating: true)
        // Nothing may come in a time in which a whole library would long have settled.
        try await Task.sleep(for: .milliseconds(300))
        #expect(settled.elements.isEmpty)
        try append(Array(bytes.dropFirst(bytes.count / 2)), to: library.path, truncating: false)
        try await settled.wait { $0 == ["plugin"] }
        await watch.stop()
    }

    @Test("tells of a library behind a link, and only of those that are watched")
    func links() async throws {
        let library = VersionedLibrary(in: directory, "libReal.so")
        let other = VersionedLibrary(in: directory, "libOther.so")
        try library.write("1")
        let link = directory.path + "/libLink.so"
        #expect(symlink(library.path, link) == 0)
        let watch = await watch(["plugin": link])
        try other.write("2")
        try library.write("2")
        try await settled.wait { $0 == ["plugin"] }
        await watch.stop()
    }

    @Test("tells of a signature that came after its library, and not of what is none")
    func signature() async throws {
        let library = SignedLibrary(in: directory)
        try library.library.write("1")
        let watch = await watch(["plugin": library.path])
        try Files.write(Array("no signature".utf8), to: library.path + ".sig")
        try library.sign("1", by: SecretSignerKey())
        try await settled.wait { $0 == ["plugin"] }
        await watch.stop()
    }

    private func append(_ bytes: [UInt8], to path: String, truncating: Bool) throws {
        let file = open(path, O_WRONLY | O_CLOEXEC | (truncating ? O_TRUNC : O_APPEND))
        try #require(file >= 0)
        defer { close(file) }
        #expect(write(file, bytes, bytes.count) == bytes.count)
    }
}
