import PluginRuntime
import Testing

@testable import PluginInspection

@Suite("The codes of findings")
struct FindingCodeTests {
    @Test("are there once each, and in order")
    func unique() {
        let codes = FindingCode.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(codes == codes.sorted())
    }

    @Test("stand in Documentation/Check.md, each with its sentence and its fix, and nothing else does")
    func documented() throws {
        let text = String(decoding: try Files.read(Project.root + "/Documentation/Check.md"), as: UTF8.self)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| RC") || $0.hasPrefix("| RF") }
        let expected = FindingCode.all.map { code in
            "| \(code.code) | \(code.severity.rawValue) | \(code.sentence) | \(code.fix.replacing("|", with: "\\|")) |"
        }
        #expect(rows.map(String.init) == expected)
    }

    @Test(
        "say what is wrong and what to do, without an end that a table would not have",
        arguments: FindingCode.all
    )
    func words(_ code: FindingCode) {
        for text in [code.sentence, code.fix] {
            #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("\n"), "\(code.code): \(text)")
        }
    }
}
