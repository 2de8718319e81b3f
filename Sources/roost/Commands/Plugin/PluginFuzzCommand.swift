import ArgumentParser
import Glibc
import PluginInspection
import PluginRuntime
import RoostJSON

/// Calls what a plugin serves with many values, and keeps what breaks it.
struct PluginFuzzCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Call what a plugin serves with many values, and keep what breaks it.",
        discussion:
            "Ends with status 0 when nothing was found, with 1 otherwise. Documentation/Check.md lists every finding."
    )

    @Argument(help: "A plugin's shared library. With --replay: in place of the one that the file names.")
    var library: String?

    @Option(help: "How long to go on.")
    var time: TimeSpan = "30s"

    @Option(help: "Calls at most; default: as many as fit into the time.")
    var calls: Int?

    @Option(help: "Equal seeds make equal calls in equal order; default: a random one.")
    var seed: UInt64?

    @Option(
        name: .customLong("tool"),
        help: "Only this tool; may be repeated, and stand beside the next two."
    )
    var tools: [String] = []

    @Option(
        name: .customLong("resource"),
        help: "Only the resource of this URI, or of this URI template and its completions; may be repeated."
    )
    var resources: [String] = []

    @Option(name: .customLong("prompt"), help: "Only this prompt and its completions; may be repeated.")
    var prompts: [String] = []

    @Option(help: "How long a call may take before it counts as hung.")
    var deadline: TimeSpan = "2s"

    @Flag(
        help:
            "Also call with arguments that break the schema of a tool, or what MCP asks for; a host would refuse them."
    )
    var beyondSchema = false

    @Option(help: "Where the files that reproduce findings go.")
    var output = "."

    @Option(help: "Make the calls of such a file again.")
    var replay: String?

    @OptionGroup var options: LibraryOptions

    @Flag(help: "Give the plugin all the permissions it asks for.")
    var grant = false

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func validate() throws {
        if library == nil, replay == nil {
            throw ValidationError("expected a plugin's library, or --replay and a file")
        }
        if let calls, calls < 1 { throw ValidationError("expected --calls of at least 1, found \(calls)") }
    }

    func run() async throws {
        let isClean = try await options.inFolder { folder in
            do {
                if let replay { return try await again(replay, folder) }
                return try await fuzz(library ?? "", folder)
            } catch let failure as PluginFailure {
                Terminal.complain(
                    "\(failure.message)\nroost check says more about a library that does not start"
                )
                throw ExitCode.failure
            }
        }
        if !isClean { throw ExitCode.failure }
    }

    // MARK: A run

    private func fuzz(_ library: String, _ folder: String) async throws -> Bool {
        var trial = options.plan(library, in: folder)
        trial.config = try options.settings()
        var plan = FuzzRun.Plan(trial, seed: seed ?? .random(in: 0 ... .max))
        plan.grantsAll = grant
        plan.time = time.duration
        plan.calls = calls
        plan.subjects = subjects
        plan.deadline = deadline.duration
        plan.goesBeyondSchema = beyondSchema
        var found: [JSONValue] = []
        let begin = ContinuousClock.now
        let report = try await FuzzRun(plan).run { fault in
            let file = keep(fault, library)
            var object = fault.finding.json.object ?? [:]
            object["file"] = file.map { .string($0) } ?? .null
            object["calls"] = .integer(Int64(fault.reproduction.calls.count))
            found.append(.object(object))
            guard !json else { return }
            FindingText.say(fault.finding)
            if let file { Terminal.say("  replay: roost plugin fuzz --replay \(file)") }
        }
        let seconds = Double((ContinuousClock.now - begin).components.seconds)
        if json {
            let object: JSONValue = [
                "seed": .string("\(plan.seed)"), "calls": .integer(Int64(report.calls)),
                "seconds": .number(seconds),
                "called": .array(report.subjects.map { .string($0.words) }),
                "unreached": .array(report.unreached.map { .string($0.words) }), "findings": .array(found),
            ]
            Terminal.say(object.text)
        } else {
            for subject in report.unreached {
                Terminal.say(
                    "no arguments for \(subject.words) were found that its schema allows: it was not called"
                )
            }
            let count = report.faults.count
            let end = count == 0 ? "nothing found" : count == 1 ? "1 finding" : "\(count) findings"
            Terminal.say(
                "\(report.calls) calls of \(words(report.subjects)) in \(Int(seconds)) s with seed \(plan.seed): \(end)"
            )
        }
        return report.faults.isEmpty
    }

    /// What the options name; a pattern has braces.
    private var subjects: [FuzzSubject] {
        tools.map { FuzzSubject(.tool, $0) }
            + resources.map { FuzzSubject($0.contains("{") ? .template : .resource, $0) }
            + prompts.map { FuzzSubject(.prompt, $0) }
    }

    /// How many there are of each kind: `2 tools, 1 prompt`.
    private func words(_ subjects: [FuzzSubject]) -> String {
        let parts = FuzzSubject.Kind.allCases.compactMap { kind -> String? in
            let count = subjects.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)\(count == 1 ? "" : "s")"
        }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }

    /// Writes the file that shows a fault again, under a name that no other file has; nil when that fails.
    private func keep(_ fault: FuzzRun.Fault, _ library: String) -> String? {
        let name = library.split(separator: "/").last.map(String.init) ?? "plugin"
        let stem = name.hasSuffix(".so") ? String(name.dropLast(3)) : name
        let begin = "\(output)/\(stem)-\(fault.finding.code.code)-\(fault.subject.fileWord)"
        for number in 1...10_000 {
            let path = number == 1 ? "\(begin).json" : "\(begin)-\(number).json"
            if access(path, F_OK) == 0 { continue }
            do {
                try Files.makeDirectory(output)
                try Files.write(Array(fault.reproduction.text.utf8), to: path)
                return path
            } catch {
                Terminal.complain(
                    "\(error.path) could not be written: \(error.reason). Name a folder with --output"
                )
                return nil
            }
        }
        return nil
    }

    // MARK: A file of before

    private func again(_ file: String, _ folder: String) async throws -> Bool {
        let text: String
        var reproduction: FuzzReproduction
        do throws(Files.Fault) { text = String(decoding: try Files.read(file), as: UTF8.self) } catch {
            Terminal.complain("\(file) could not be read: \(error.reason)")
            throw ExitCode.failure
        }
        do throws(FuzzReproduction.Unreadable) { reproduction = try FuzzReproduction(parsing: text) } catch {
            Terminal.complain("\(file): \(error)")
            throw ExitCode.failure
        }
        if let library { reproduction.library = LibraryOptions.absolute(library) }
        let trial = options.plan(reproduction.library, in: folder)
        let finding = try await FuzzRun.replay(reproduction, trial)
        if json {
            let object: JSONValue = ["file": .string(file), "finding": finding?.json ?? .null]
            Terminal.say(object.text)
        } else if let finding {
            FindingText.say(finding)
        } else {
            Terminal.say(
                "\(Terminal.good("ok")) \(reproduction.calls.count) calls of \(file): the fault does not show any more"
            )
        }
        return finding == nil
    }
}
