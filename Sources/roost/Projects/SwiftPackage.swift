import RoostJSON
import Subprocess

/// A Swift package, as far as its plugins go.
struct SwiftPackage: Sendable {
    let root: String

    /// The Swift driver: what the variable SWIFT names, or the one in PATH.
    static var driver: String { ProcessEnvironment.variables["SWIFT"] ?? "swift" }

    /// The project of a plugin: the dynamic library that is named, whose target lies in `folder`, or the only one there is.
    func project(_ product: String?, in folder: String?, isRelease: Bool) async throws -> PluginProject {
        let description = try await describe()
        let libraries = Self.dynamicLibraries(in: description)
        let chosen = libraries.filter { library in
            if let product { return library.name == product }
            guard let folder else { return true }
            return library.paths.contains { "\(root)/\($0)/".hasPrefix(folder + "/") }
        }
        guard let library = chosen.first, chosen.count == 1 else {
            let names = libraries.map(\.name).joined(separator: ", ")
            throw PluginProject.Fault(
                description:
                    "expected one dynamic library in \(root)/Package.swift\(folder.map { " with a target in \($0)" } ?? ""), found \(chosen.count); there are: \(names.isEmpty ? "none" : names). Declare .library(name:type: .dynamic, targets:), or choose one with --product"
            )
        }
        let configuration = isRelease ? "release" : "debug"
        return PluginProject(
            kind: "Swift package",
            name: library.name,
            build: [
                Self.driver, "build", "--package-path", root, "--product", library.name, "-c", configuration,
            ],
            test: [Self.driver, "test", "--package-path", root, "-c", configuration],
            workingDirectory: root,
            library: "\(root)/.build/\(configuration)/lib\(library.name).so",
            sources: [folder ?? root],
            scratch: "\(root)/.build/roost-dev"
        )
    }

    /// A dynamic library of a package, and the folders of its targets.
    struct Library: Sendable, Hashable {
        var name: String
        var paths: [String]
    }

    /// Reads what `swift package dump-package` prints.
    static func dynamicLibraries(in package: JSONValue) -> [Library] {
        let targets = package["targets"]?.array ?? []
        return (package["products"]?.array ?? []).compactMap { product in
            guard product["type"]?["library"]?.array?.first?.string == "dynamic",
                let name = product["name"]?.string
            else { return nil }
            let names = (product["targets"]?.array ?? []).compactMap(\.string)
            let paths = targets.compactMap { target -> String? in
                guard let name = target["name"]?.string, names.contains(name) else { return nil }
                return target["path"]?.string ?? "Sources/\(name)"
            }
            return Library(name: name, paths: paths)
        }
    }

    private func describe() async throws -> JSONValue {
        let result = try await run(
            // It takes a name and a path alike.
            .name("env"),
            arguments: [Self.driver, "package", "--package-path", root, "dump-package"],
            output: .bytes(limit: 1 << 24),
            error: .currentStandardError
        )
        guard result.terminationStatus.isSuccess, let value = try? JSONValue(parsing: result.standardOutput)
        else {
            throw PluginProject.Fault(
                description: "\(root)/Package.swift could not be read by \(Self.driver)"
            )
        }
        return value
    }
}
