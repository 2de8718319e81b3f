import Testing

@testable import PluginProjects

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite("The files in the executable")
struct EmbeddedFilesTests {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    @Test("are the headers of the contract, every one and byte for byte")
    func headers() throws {
        let folder = Self.root + "/Sources/CRoost/include"
        let onDisk = try Self.files(below: folder).filter { $0.key.hasSuffix(".h") }
        let embedded = Dictionary(uniqueKeysWithValues: ContractHeaders.files.map { ($0.path, $0.text) })
        #expect(onDisk == embedded)
    }

    @Test("are the templates, every one of their files at least once and byte for byte")
    func templates() throws {
        let onDisk = try Self.files(below: Self.root + "/Templates")
        let embedded = EmbeddedFiles.all.filter { $0.set != "headers" }
        #expect(Set(embedded.map(\.text)) == Set(onDisk.values))
        let sets = Set(embedded.map(\.set))
        #expect(sets == Set(ProjectLanguage.allCases.map(\.rawValue)))
    }

    /// The text of every file by its path from the folder.
    private static func files(below folder: String) throws -> [String: String] {
        var files: [String: String] = [:]
        var open = [""]
        while let path = open.popLast() {
            let directory = try #require(opendir(folder + "/" + path), "\(folder)/\(path)")
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard !name.hasPrefix("."), name != "target", name != "build" else { continue }
                let below = path.isEmpty ? name : path + "/" + name
                if entry.pointee.d_type == UInt8(DT_DIR) {
                    open.append(below)
                } else {
                    files[below] = try text(of: folder + "/" + below)
                }
            }
        }
        return files
    }

    private static func text(of path: String) throws -> String {
        let file = try #require(fopen(path, "r"), "\(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
