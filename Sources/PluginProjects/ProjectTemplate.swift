/// What a new project begins with: a plugin that builds, passes its tests and serves, under another name.
///
/// The files stand in Templates/ as those of a plugin called greeter; here they get the new one's names.
package struct ProjectTemplate: Sendable {
    package var language: ProjectLanguage
    package var name: ProjectName
    package var id: PluginIdentifier
    /// Needed for Swift; the other languages need nothing of Roost's but what is in the project.
    package var roost: RoostSource?

    package init(language: ProjectLanguage, name: ProjectName, id: PluginIdentifier, roost: RoostSource?) {
        self.language = language
        self.name = name
        self.id = id
        self.roost = roost
    }

    /// The project's files, in the order of their paths.
    package var files: [ProjectFile] {
        var files = EmbeddedFiles.all.filter { $0.set == language.rawValue }.map { file in
            ProjectFile(path: renamed(file.path), text: renamed(file.text), isProgram: file.isProgram)
        }
        if language == .c {
            files += ContractHeaders.files.map { ProjectFile(path: "include/\($0.path)", text: $0.text) }
        }
        return files.sorted { $0.path < $1.path }
    }

    /// The template's own names, longer ones first, and what stands in their place.
    private var names: [(String, String)] {
        var names: [(String, String)] = [
            ("dev.example.greeter", id.text), ("libgreeter", "lib\(name.identifier)"),
            ("Greeter", name.typeName), ("greeter", name.alias),
        ]
        if let roost {
            names.insert((".package(name: \"roost\", path: \"../..\", traits: [])", roost.dependency), at: 0)
            names.insert(("package: \"roost\"", "package: \"\(roost.packageName)\""), at: 1)
        }
        return names
    }

    /// One pass over the text, so that a new name which holds an old one is not renamed again.
    private func renamed(_ text: String) -> String {
        let names = names.map { (Array($0.0.utf8), Array($0.1.utf8)) }
        let beginnings = Set(names.compactMap(\.0.first))
        let source = Array(text.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < source.count {
            if beginnings.contains(source[place]),
                let (old, new) = names.first(where: { source[place...].starts(with: $0.0) })
            {
                result += new
                place += old.count
            } else {
                result.append(source[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
