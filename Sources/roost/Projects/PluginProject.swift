import PluginRuntime

/// A plugin's sources: how its library is built and tested, where it comes out, and which folders to watch.
struct PluginProject: Sendable {
    /// What kind of project it is, for people.
    var kind: String
    /// The plugin's name: the product's, or the folder's.
    var name: String
    /// The command that builds the library, and nothing else.
    var build: [String]
    /// The command that runs the language's own tests; nil where the language has no custom for them.
    var test: [String]?
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
        var text = ""
        for character in name {
            guard character.isASCII, character.isLetter || character.isNumber else {
                text += "-"
                continue
            }
            // WeatherReport is weather-report to the host.
            if character.isUppercase, text.last.map({ $0.isLetter || $0.isNumber }) == true,
                name.contains(where: \.isLowercase)
            {
                text += "-"
            }
            text += character.lowercased()
        }
        return text.first?.isLetter == true ? text : "plugin-\(text)"
    }

    /// Why a folder cannot be worked on.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Looks at a folder.
    ///
    /// - Throws: ``Fault`` that says what was expected and found.
    static func find(_ folder: String, product: String?, isRelease: Bool) async throws -> PluginProject {
        let path = Files.resolved(folder.hasPrefix("/") ? folder : Folders.current + "/" + folder)
        let names = Folders.contents(of: path)
        guard let names else { throw Fault(description: "\(folder) is no folder that can be read") }
        if names.contains("Package.swift") {
            return try await SwiftPackage(root: path).project(product, in: nil, isRelease: isRelease)
        }
        if names.contains("Cargo.toml") {
            return try await CargoPackage(root: path).project(product, isRelease: isRelease)
        }
        if names.contains("Makefile") { return await CSources(folder: path).makefile() }
        let sources = names.filter { $0.hasSuffix(".c") }.sorted()
        if !sources.isEmpty { return CSources(folder: path).plain(sources) }
        if let root = packageRoot(above: path) {
            return try await SwiftPackage(root: root).project(product, in: path, isRelease: isRelease)
        }
        throw Fault(
            description:
                "\(folder) holds no plugin: expected a Package.swift there or above, a Cargo.toml, a Makefile, or .c files; found \(names.isEmpty ? "nothing" : names.sorted().prefix(8).joined(separator: ", "))"
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
}
