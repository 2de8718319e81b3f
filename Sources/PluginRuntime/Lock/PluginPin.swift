import CRoost
import Crypto
import RoostJSON

/// What a plugin is, in so few words that a change of any part shows: its entry in the lock.
package struct PluginPin: Sendable, Hashable {
    /// What can be told without running it.
    package struct Library: Sendable, Hashable {
        /// The file's name, without its folder: hosts keep libraries in different places.
        package var file: String
        /// SHA-256 of the library.
        package var digest: String
        /// The id of the key that signed it; nil when no key of host.yaml did.
        package var signer: String?
    }

    package var library: Library
    /// The library that it opens by itself; nil when there is none.
    package var opened: OpenedLibrary?
    /// The major version of the plugin ABI.
    package var abi: String
    /// What the plugin calls itself.
    package var id: String
    package var version: String
    /// SHA-256 of the manifest's canonical text, without the lists that it says may change.
    package var manifest: String
    /// SHA-256 of each part of each tool's definition, by the tool's name; empty when the plugin says that its tools may change.
    package var tools: [String: [String: String]]
    /// What it asks for.
    package var asked: [String]
    /// What host.yaml grants, as lines of it.
    package var granted: [String]

    init(_ edition: PluginEdition, _ manifest: PluginManifest) {
        self.init(edition.specification, edition.image, edition.standing, manifest)
        opened = edition.opened
    }

    init(
        _ specification: PluginSpecification,
        _ image: ImageStore.Image,
        _ standing: SignatureStanding?,
        _ manifest: PluginManifest
    ) {
        library = Library(specification.library, digest: image.digest, standing)
        abi = "\(ROOST_ABI_MAJOR)"
        id = manifest.id
        version = manifest.version
        self.manifest = Self.digest(of: manifest)
        asked = manifest.permissions.hostLines
        granted = specification.permissions.hostLines
        tools = [:]
        guard !manifest.changingLists.contains(.tools) else { return }
        for tool in manifest.tools {
            var parts: [String: String] = [:]
            for member in tool.definition.members where member.key != "name" {
                parts[member.key] = Self.digest(of: member.value)
            }
            tools[tool.name] = parts
        }
    }

    /// What of this differs from what was locked, in a fixed order.
    package func differences(from locked: PluginPin) -> [LockDifference] {
        var all = library.differences(from: locked.library)
        all += OpenedLibrary.differences(opened, from: locked.opened)
        all += LockDifference.of("abi", locked.abi, abi)
        all += LockDifference.of("id", locked.id, id)
        all += LockDifference.of("version", locked.version, version)
        for name in Set(tools.keys).union(locked.tools.keys).sorted() {
            guard let old = locked.tools[name], let new = tools[name] else {
                all.append(
                    LockDifference(
                        "tool \(name)",
                        locked: locked.tools[name].map { _ in "listed" },
                        found: tools[name].map { _ in "listed" }
                    )
                )
                continue
            }
            for part in Set(old.keys).union(new.keys).sorted() {
                all += LockDifference.of("tool \(name), \(part)", old[part], new[part])
            }
        }
        all += LockDifference.of("manifest", locked.manifest, manifest)
        all += LockDifference.of("asks for", Self.words(locked.asked), Self.words(asked))
        all += LockDifference.of("is granted", Self.words(locked.granted), Self.words(granted))
        return all
    }

    private static func words(_ lines: [String]) -> String? {
        lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    private static func digest(of manifest: PluginManifest) -> String {
        var moving: Set<String> = []
        for list in manifest.changingLists {
            switch list {
            case .tools: moving.formUnion(["tools", "hints"])
            case .prompts: moving.insert("prompts")
            case .resources: moving.formUnion(["resources", "resourceTemplates"])
            }
        }
        var hash = SHA256()
        for member in manifest.document.root.members.sorted(by: { $0.key < $1.key })
        where !moving.contains(member.key) {
            let value = CanonicalJSON.bytes(of: member.value)
            // The lengths keep one member's end apart from the next one's beginning.
            hash.update(data: Array("\(member.key.utf8.count) \(value.count) \(member.key)".utf8))
            hash.update(data: value)
        }
        return "sha256:\(hash.finalize().hexadecimal)"
    }

    private static func digest(of value: JSONView) -> String {
        "sha256:\(SHA256.hash(data: CanonicalJSON.bytes(of: value)).hexadecimal)"
    }
}

extension PluginPin.Library {
    init(_ library: String, digest: String, _ standing: SignatureStanding?) {
        file = library.split(separator: "/").last.map(String.init) ?? library
        self.digest = "sha256:\(digest)"
        signer = standing?.signature?.keyID
    }

    /// What of this differs from what was locked.
    func differences(from locked: Self) -> [LockDifference] {
        LockDifference.of("library", locked.file, file) + LockDifference.of("digest", locked.digest, digest)
            + LockDifference.of("signed by key", locked.signer, signer)
    }
}
