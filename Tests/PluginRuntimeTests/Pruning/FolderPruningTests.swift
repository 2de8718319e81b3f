import Testing

@testable import PluginRuntime

@Suite("Pruning a folder")
struct FolderPruningTests {
    private let directory = TemporaryDirectory()
    private let week = Retention(age: .seconds(7 * 86_400), bytes: 1_000)

    private func write(_ name: String, _ bytes: Int = 10, days: Int = 0) throws {
        let path = "\(directory.path)/\(name)"
        try Files.write([UInt8](repeating: 1, count: bytes), to: path)
        FileAge.set(.seconds(days * 86_400), of: path)
    }

    private var names: [String] {
        get throws { try Files.entries(of: directory.path).map(\.name).sorted() }
    }

    @Test("removes what is not kept any longer, and says how much that was")
    func removes() throws {
        try write("old.json", 30, days: 8)
        try write("large.json", 990, days: 2)
        try write("young.json", 20, days: 1)
        let removed = FolderPruning(directory.path, week).run()
        #expect(removed == FolderPruning.Removed(files: 2, bytes: 1_020))
        #expect(try names == ["young.json"])
    }

    @Test("leaves folders, hidden files and what is not of its kind alone")
    func others() throws {
        try Files.makeDirectory(directory.path + "/folder")
        try write(".hidden", days: 100)
        try write("notes.txt", days: 100)
        try write("a.json", days: 100)
        let pruning = FolderPruning(directory.path, week) { $0.hasSuffix(".json") }
        #expect(pruning.run().files == 1)
        #expect(try names == [".hidden", "notes.txt"])
        #expect(Files.exists(directory.path + "/folder"))
    }

    @Test("removes what writes left behind that were cut off, and no write that goes on")
    func leftBehind() throws {
        try write("a.json.17.99.tmp", days: 1)
        try write("b.json.17.98.tmp")
        #expect(FolderPruning(directory.path, week).run().files == 1)
        #expect(try names == ["b.json.17.98.tmp"])
    }

    @Test("leaves what came into use after the folder was read")
    func used() throws {
        try write("a.json", days: 100)
        #expect(FolderPruning(directory.path, week).run(inUse: { ["a.json"] }).files == 0)
    }

    @Test("leaves what was written or touched after the folder was read")
    func changed() throws {
        try write("written.json", days: 100)
        try write("touched.json", days: 100)
        let directory = directory.path
        let removed = FolderPruning(directory, week).run {
            try? Files.write([2], to: directory + "/written.json")
            _ = Files.touch(directory + "/touched.json")
            return []
        }
        #expect(removed == FolderPruning.Removed())
        #expect(try Files.read(directory + "/written.json") == [2])
        #expect(try names == ["touched.json", "written.json"])
    }

    @Test("says what is wrong with a folder, and nothing of one that is not there")
    func faults() throws {
        try write("file")
        #expect(FolderPruning(directory.path + "/none", week).run() == FolderPruning.Removed())
        #expect(FolderPruning(directory.path + "/file", week).run() == FolderPruning.Removed())
        let long = "/" + String(repeating: "x", count: 300)
        #expect(FolderPruning(long, week).run().fault == "\(long): File name too long")
    }
}
