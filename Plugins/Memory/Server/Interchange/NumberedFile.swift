/// A file kept beside another under the first free number, so that nothing kept before is written over.
enum NumberedFile {
    /// Writes `<path>.<suffix>-<n>` and returns its path.
    static func create(
        beside path: String,
        suffix: String,
        _ bytes: [UInt8]
    ) throws(InterchangeError) -> String {
        for number in 1...9999 {
            let candidate = "\(path).\(suffix)-\(number)"
            do {
                if try FileBytes.create(candidate, with: bytes) { return candidate }
            } catch {
                throw InterchangeError.file(path: candidate, intent: "written", reason: "\(error)")
            }
        }
        throw InterchangeError.file(
            path: "\(path).\(suffix)-9999",
            intent: "written",
            reason: "9999 such files exist; remove some"
        )
    }
}
