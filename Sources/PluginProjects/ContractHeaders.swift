/// The C headers of the contract, for authors in any language that can call C.
package enum ContractHeaders {
    /// Each as roost/name.h.
    package static var files: [ProjectFile] {
        EmbeddedFiles.all.filter { $0.set == "headers" }.map { ProjectFile(path: $0.path, text: $0.text) }
    }
}
