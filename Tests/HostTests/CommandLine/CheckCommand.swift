import Testing

@Suite("roost check", .timeLimit(.minutes(10)))
struct CheckCommand {
    @Test(
        "finds nothing wrong with the shipped plugins",
        arguments: ["Echo", "Everything", "Memory", "Context7"]
    )
    func library(_ name: String) async throws {
        let run = try await CommandLineRun(["check", "\(BuiltProducts.directory)/lib\(name).so"])
        #expect(run.succeeded, "\(run)")
    }

    @Test("says what is wrong with a file that is no plugin") func notAPlugin() async throws {
        try await TemporaryDirectory.with { directory in try await checkFaultyFiles(in: directory) }
    }

    private func checkFaultyFiles(in directory: String) async throws {
        let path = directory + "/libNothing.so"
        try TextFile.write("this is no library", to: path)
        let run = try await CommandLineRun(["check", path])
        #expect(!run.succeeded && (run.output + run.errors).contains("libNothing.so"), "\(run)")
        let missing = try await CommandLineRun(["check", directory + "/libMissing.so"])
        #expect(
            !missing.succeeded && (missing.output + missing.errors).contains("libMissing.so"),
            "\(missing)"
        )
    }

    @Test("finds nothing wrong with a good host.yaml, and the place of what is wrong in another")
    func configuration() async throws {
        try await TemporaryDirectory.with { directory in try await checkFiles(in: directory) }
    }

    private func checkFiles(in directory: String) async throws {
        let path = directory + "/host.yaml"
        try TextFile.write(HostFile.shipped.text(data: directory + "/var"), to: path)
        let good = try await CommandLineRun(["check", path])
        #expect(good.succeeded, "\(good)")
        var file = HostFile.shipped
        file.settings["memory"] = "    limts: { concurrency: 1 }"
        try TextFile.write(file.text(data: directory + "/var"), to: path)
        let bad = try await CommandLineRun(["check", path])
        let text = bad.output + bad.errors
        #expect(!bad.succeeded, "\(bad)")
        for words in ["host.yaml:11:5", "limts", "limits"] { #expect(text.contains(words), "\(bad)") }
    }
}
