import PluginRuntime
import Subprocess

/// A folder with a plugin in C or in another language that a Makefile builds.
struct CSources: Sendable {
    let folder: String

    /// Sources beside each other, compiled into one library.
    func plain(_ sources: [String]) -> PluginProject {
        let scratch = folder + "/.roost"
        let library = "\(scratch)/lib\(name).so"
        var command = [ProcessEnvironment.variables["CC"] ?? "cc", "-shared", "-fPIC", "-g", "-O1"]
        command += ["-std=c17", "-Wall", "-Wextra", "-fvisibility=hidden"]
        if let include = Self.headers { command += ["-I", include] }
        if Folders.contents(of: folder + "/include") != nil { command += ["-I", "include"] }
        command += ["-o", library] + sources + ["-pthread"]
        return project("C sources", build: command, library: library, sources: [folder])
    }

    /// A Makefile says with its target print-library where the library comes out; without that target it is lib<folder>.so.
    func makefile() async -> PluginProject {
        let hasHeaders = Folders.contents(of: folder + "/include/roost") != nil
        let include = hasHeaders ? [] : Self.headers.map { ["ROOST_INCLUDE=\($0)"] } ?? []
        let library = await printedLibrary() ?? "lib\(name).so"
        // What the build itself writes must not count as saved sources.
        let folders = ["src", "include"].map { "\(folder)/\($0)" }.filter { Folders.contents(of: $0) != nil }
        return project(
            "Makefile",
            build: ["make"] + include,
            library: library.hasPrefix("/") ? library : "\(folder)/\(library)",
            sources: folders.isEmpty ? [folder] : folders
        )
    }

    private func project(
        _ kind: String,
        build: [String],
        library: String,
        sources: [String]
    ) -> PluginProject {
        PluginProject(
            kind: kind,
            name: Self.plainName(of: library) ?? name,
            build: build,
            workingDirectory: folder,
            library: library,
            sources: sources,
            scratch: folder + "/.roost"
        )
    }

    private func printedLibrary() async -> String? {
        let result = try? await run(
            .name("make"),
            arguments: ["-s", "--no-print-directory", "-C", folder, "print-library"],
            output: .string(limit: 1 << 12),
            error: .discarded
        )
        guard let result, result.terminationStatus.isSuccess else { return nil }
        let lines = result.standardOutput.split(separator: "\n").map(String.init)
        return lines.last { $0.hasSuffix(".so") }
    }

    /// The folder of roost/roost.h: what ROOST_INCLUDE says, that of the sources this host was built from, or the compiler's own.
    private static var headers: String? {
        if let named = ProcessEnvironment.variables["ROOST_INCLUDE"] { return named }
        if let checkout = RoostCheckout.ofThisHost { return checkout + "/Sources/CRoost/include" }
        return nil
    }

    /// Of /a/libweather_report.so: weather_report.
    private static func plainName(of library: String) -> String? {
        guard let file = library.split(separator: "/").last, file.hasPrefix("lib"), file.hasSuffix(".so")
        else { return nil }
        return String(file.dropFirst(3).dropLast(3))
    }

    private var name: String { folder.split(separator: "/").last.map(String.init) ?? "Plugin" }
}
