import Testing

@Suite("roost serve", .timeLimit(.minutes(10)))
struct ServeCommand {
    @Test(
        "does not start with a configuration it does not understand, and says where",
        arguments: [
            ("lisen: 127.0.0.1:0", ["host.yaml:1:1", "lisen", "listen"]),
            ("listen: [1]", ["host.yaml:1:", "listen"]),
            (
                "listen: 127.0.0.1:0\nplugins:\n  a:\n    library: ${NOT_THERE_AT_ALL}",
                ["host.yaml:4:", "NOT_THERE_AT_ALL"]
            ),
            ("plugins: {", ["host.yaml"]),
        ]
    )
    func badConfiguration(_ text: String, _ words: [String]) async throws {
        try await TemporaryDirectory.with { directory in
            try TextFile.write(text, to: directory + "/host.yaml")
            let run = try await CommandLineRun(["serve", "--config", directory + "/host.yaml"])
            #expect(!run.succeeded && !run.status.contains("124"), "\(run)")
            for word in words { #expect(run.errors.contains(word), "\(run)") }
        }
    }

    @Test("says which file is missing") func missingFile() async throws {
        let run = try await CommandLineRun(["serve", "--config", "/nowhere/host.yaml"])
        #expect(!run.succeeded && run.errors.contains("/nowhere/host.yaml"), "\(run)")
    }

    @Test("says that its address is taken") func addressInUse() async throws {
        let port = try await RunningHost.shipped.value.port
        try await TemporaryDirectory.with { directory in
            let text = "listen: 127.0.0.1:\(port)\ndata: \(directory)/var\nplugins: {}\n"
            try TextFile.write(text, to: directory + "/host.yaml")
            let run = try await CommandLineRun(["serve", "--config", directory + "/host.yaml"])
            #expect(!run.succeeded && run.errors.contains("\(port)"), "\(run)")
        }
    }
}
