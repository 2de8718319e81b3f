import Testing

@testable import HostConfiguration

@Suite("Difference of two configurations")
struct ConfigurationDifferenceTests {
    private static let before = """
        listen: 127.0.0.1:8000
        http: { max_body: 1MB }
        bundles: { all: [echo] }
        plugins:
          echo:
            library: libEcho.so
            limits: { deadline: 5s }
          memory:
            library: libMemory.so
        """

    private func needingRestart(_ change: (String) -> String) throws -> [String] {
        func read(_ text: String) throws -> HostConfiguration {
            try HostConfiguration(parsing: text, file: "/etc/host.yaml", environment: ["SIZE": "2MB"])
        }
        return ConfigurationDifference(from: try read(Self.before), to: try read(change(Self.before)))
            .needingRestart
    }

    @Test("what plugins are and do holds at once")
    func live() throws {
        #expect(try needingRestart { $0 } == [])
        #expect(try needingRestart { $0.replacing("5s", with: "7s") } == [])
        #expect(try needingRestart { $0.replacing("libMemory.so", with: "libOther.so") } == [])
        #expect(try needingRestart { $0 + "\n    config: { a: 1 }\n    tools: { deny: [b] }" } == [])
        #expect(try needingRestart { $0 + "\n  third:\n    library: libThird.so" } == [])
        #expect(try needingRestart { $0.replacing("all: [echo]", with: "all: [memory]") } == [])
    }

    @Test("the rest is named by its key")
    func restart() throws {
        #expect(try needingRestart { $0.replacing("8000", with: "9000") } == ["listen"])
        #expect(try needingRestart { $0.replacing("1MB", with: "\"${SIZE}\"") } == ["http"])
        #expect(
            try needingRestart {
                $0.replacing("http: { max_body: 1MB }\n", with: "page_size: 3\nlog: { level: debug }\n")
            } == ["http", "log", "page_size"]
        )
    }

    @Test("a value that reads the same is the same, however it is written")
    func spelling() throws {
        #expect(
            try needingRestart { $0.replacing("http: { max_body: 1MB }", with: "http:\n  max_body: 1MB") }
                == []
        )
    }
}
