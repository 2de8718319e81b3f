import PluginRuntime

/// A plugin's sources: how its library is built, where it comes out, and which folders to watch.
struct DevProject: Sendable {
    /// What kind of project it is, for people.
    var kind: String
    /// The plugin's name: the product's, or the folder's.
    var name: String
    /// The command that builds the library, and nothing else.
    var build: [String]
    var workingDirectory: String
    /// Absolute path of the library that the build makes.
    var library: String
    /// Folders whose files are the sources; the folders in them belong to it.
    var sources: [String]
    /// Where the host keeps its data and the built C library lies; outside of what is watched, because its name begins with a dot.
    var scratch: String

    /// The plugin's name in the operator's host.yaml; nil when there is none.
    var givenAlias: String?

    /// The plugin's name in the host: letters, digits and hyphens.
    var alias: String {
        if let givenAlias { return givenAlias }
        let text = String(
            name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        )
        return text.first?.isLetter == true ? text : "plugin-\(text)"
    }

    /// Why a folder cannot be worked on.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Looks at a folder.
    ///
    /// - Throws: ``Fault`` that says what was expected and found.
    static func find(_ folder: String, product: String?, isRelease: Bool) async throws -> DevProject {
        let path = Files.resolved(folder)
        let names = Folders.contents(of: path)
        guard let names else { throw Fault(description: "\(folder) is no folder that can be read") }
        if names.contains("Package.swift") {
            return try await SwiftPackage(root: path).project(product, in: nil, isRelease: isRelease)
        }
        if names.contains("Makefile") { return try makefile(path) }
        let sources = names.filter { $0.hasSuffix(".c") }.sorted()
        if !sources.isEmpty { return try plainC(path, sources) }
        if let root = packageRoot(above: path) {
            return try await SwiftPackage(root: root).project(product, in: path, isRelease: isRelease)
        }
        throw Fault(
            description:
                "\(folder) holds no plugin: expected a Package.swift there or above, a Makefile, or .c files; found \(names.isEmpty ? "nothing" : names.sorted().prefix(8).joined(separator: ", "))"
        )
    }

    private static func packageRoot(above path: String) -> String? {
        var folder = path
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = String(folder[..<slash])
            if Folders.contents(of: folder)?.contains("Package.swift") == true { return folder }
        }
        return nil
    }

    // MARK: C

    private static func plainC(_ path: String, _ sources: [String]) throws -> DevProject {
        let (name, scratch) = (self.name(of: path), path + "/.roost")
        let library = "\(scratch)/lib\(name).so"
        var command = [ProcessEnvironment.variables["CC"] ?? "cc", "-shared", "-fPIC", "-g", "-O1"]
        command += ["-std=c17", "-Wall", "-Wextra", "-fvisibility=hidden"]
        if let include = headers { command += ["-I", include] }
        if Folders.contents(of: path + "/include") != nil { command += ["-I", "include"] }
        command += ["-o", library] + sources + ["-pthread"]
        return DevProject(
            kind: "C sources",
            name: name,
            build: command,
            workingDirectory: path,
            library: library,
            sources: [path],
            scratch: scratch
        )
    }

    private static func makefile(_ path: String) throws -> DevProject {
        let name = name(of: path)
        return DevProject(
            kind: "Makefile",
            name: name,
            build: ["make"] + (headers.map { ["ROOST_INCLUDE=\($0)"] } ?? []),
            workingDirectory: path,
            library: "\(path)/lib\(name).so",
            sources: [path],
            scratch: path + "/.roost"
        )
    }

    /// The folder of roost/roost.h: what ROOST_INCLUDE says, that of the sources this host was built from, or the compiler's own.
    private static var headers: String? {
        if let named = ProcessEnvironment.variables["ROOST_INCLUDE"] { return named }
        var folder = Files.resolved("/proc/self/exe")
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = String(folder[..<slash])
            for place in ["/Sources/CRoost/include", "/include"]
            where Folders.contents(of: folder + place + "/roost")?.contains("roost.h") == true {
                return folder + place
            }
        }
        return nil
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? "Plugin"
    }
}
