import PluginRuntime

/// Where a machine keeps its libraries, as the loader looks for them (ld.so(8)): what the process has loaded already, the run
/// path, the loader's cache, the usual folders.
struct LibrarySource: Sendable {
    /// A library that was found.
    struct Found: Sendable {
        var image: ELFImage
        /// The folder that $ORIGIN in its run path means, without a slash at its end; nil for a plugin, which is loaded
        /// from a copy of its own that has no neighbours.
        var folder: String?
    }

    /// Paths by the name that libraries are asked for.
    private let cached: [String: [String]]
    /// What the process that loads the plugin has loaded for itself, by name.
    private var loaded: [String: Found] = [:]
    private static let usual = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"]

    /// `executable` is the program that will load the library.
    init(executable: String) {
        cached = (try? Files.read("/etc/ld.so.cache")).flatMap(LoaderCache.paths) ?? [:]
        guard let image = (try? Files.read(executable)).flatMap({ try? ELFImage($0) }) else { return }
        loaded = closure(of: Found(image: image, folder: Self.folder(of: Files.resolved(executable)))).found
    }

    /// A library that another one needs; nil when it is nowhere, or is no library.
    func find(_ name: String, for other: Found) -> Found? {
        if let known = loaded[name] { return known }
        var paths: [String] = []
        if name.contains("/") {
            paths = [name]
        } else {
            // A run path serves its own library alone, not what that one needs in turn.
            paths += other.image.runPath.compactMap { Self.expanded($0, other.folder) }.map {
                $0 + "/" + name
            }
            paths += cached[name] ?? []
            paths += Self.usual.map { $0 + "/" + name }
        }
        for path in paths {
            guard let bytes = try? Files.read(path), LibraryFormat.fault(in: bytes) == nil else { continue }
            if let image = try? ELFImage(bytes) { return Found(image: image, folder: Self.folder(of: path)) }
        }
        return nil
    }

    /// Everything a library needs, and what that needs in turn: what was found, by name, and the names that are nowhere.
    func closure(of library: Found) -> (found: [String: Found], missing: Set<String>) {
        var found: [String: Found] = [:]
        var missing: Set<String> = []
        var queue = library.image.needed.map { ($0, library) }
        while let (name, other) = queue.popLast() {
            guard found[name] == nil, !missing.contains(name), found.count < 512 else { continue }
            guard let next = find(name, for: other) else {
                missing.insert(name)
                continue
            }
            found[name] = next
            queue += next.image.needed.map { ($0, next) }
        }
        return (found, missing)
    }

    static func folder(of path: String) -> String {
        path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }

    /// A folder of a run path; nil when it is relative to a place that there is not.
    private static func expanded(_ folder: String, _ origin: String?) -> String? {
        guard let origin else { return folder.contains("ORIGIN") ? nil : folder }
        return folder.replacing("${ORIGIN}", with: origin).replacing("$ORIGIN", with: origin)
    }
}
