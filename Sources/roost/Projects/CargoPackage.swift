import RoostJSON
import Subprocess

/// A Rust package, as far as its plugins go.
struct CargoPackage: Sendable {
    let root: String

    /// Cargo: what the variable CARGO names, or the one in PATH.
    static var driver: String { ProcessEnvironment.variables["CARGO"] ?? "cargo" }

    /// The project of the library of type cdylib that is named, or the only one there is.
    func project(_ product: String?, isRelease: Bool) async throws -> PluginProject {
        let description = try await describe()
        let libraries = Self.libraries(in: description)
        let chosen = libraries.filter { product == nil || $0 == product }
        guard let library = chosen.first, chosen.count == 1 else {
            throw PluginProject.Fault(
                description:
                    "expected one library of crate-type cdylib in \(root)/Cargo.toml, found \(chosen.count); there are: \(libraries.isEmpty ? "none" : libraries.joined(separator: ", ")). Add [lib] with crate-type = [\"cdylib\"], or choose one with --product"
            )
        }
        let target = description["target_directory"]?.string ?? root + "/target"
        let configuration = isRelease ? ["--release"] : []
        return PluginProject(
            kind: "Rust package",
            name: library,
            build: [Self.driver, "build", "--lib"] + configuration,
            test: [Self.driver, "test"] + configuration,
            workingDirectory: root,
            library: "\(target)/\(isRelease ? "release" : "debug")/lib\(Self.fileName(library)).so",
            sources: [root + "/src"],
            scratch: root + "/.roost"
        )
    }

    /// Reads what `cargo metadata` prints: the names of the libraries that C can call.
    static func libraries(in metadata: JSONValue) -> [String] {
        let targets = (metadata["packages"]?.array ?? []).flatMap { $0["targets"]?.array ?? [] }
        return targets.compactMap { target in
            let types = target["crate_types"]?.array ?? []
            return types.contains("cdylib") ? target["name"]?.string : nil
        }
    }

    /// A file's name has underscores where a crate's may have hyphens.
    private static func fileName(_ crate: String) -> String { String(crate.map { $0 == "-" ? "_" : $0 }) }

    private func describe() async throws -> JSONValue {
        let result = try await run(
            .name("env"),
            arguments: ["-C", root, Self.driver, "metadata", "--format-version", "1", "--no-deps"],
            output: .bytes(limit: 1 << 24),
            error: .currentStandardError
        )
        guard result.terminationStatus.isSuccess, let value = try? JSONValue(parsing: result.standardOutput)
        else {
            throw PluginProject.Fault(
                description:
                    "\(root)/Cargo.toml could not be read by \(Self.driver). Install Rust, or name its cargo in CARGO"
            )
        }
        return value
    }
}
