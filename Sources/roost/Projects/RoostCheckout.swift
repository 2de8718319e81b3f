import PluginRuntime

/// A folder with Roost's own sources.
enum RoostCheckout {
    /// The sources this host was built from; nil for a host that was installed elsewhere.
    static var ofThisHost: String? {
        var folder = Files.resolved("/proc/self/exe")
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = String(folder[..<slash])
            if isCheckout(folder) { return folder }
        }
        return nil
    }

    /// True when the folder holds RoostKit as sources.
    static func isCheckout(_ folder: String) -> Bool {
        Folders.contents(of: folder)?.contains("Package.swift") == true
            && Folders.contents(of: folder + "/Sources/RoostKit") != nil
    }
}
