import CTemplates

/// The files that come with the executable.
enum EmbeddedFiles {
    /// One file of a set, at the place it has in a project.
    struct File: Sendable {
        var set: String
        var path: String
        var text: String
        var isProgram: Bool
    }

    static let all: [File] = {
        var count = 0
        // Invariant: a static array of `count` rows, whose names end with a zero and whose bytes are `size` long; none is ever
        // written or freed.
        let rows = UnsafeBufferPointer(start: ctemplates_files(&count), count: count)
        return rows.map { row in
            File(
                set: String(cString: row.set),
                path: String(cString: row.path),
                text: String(decoding: UnsafeBufferPointer(start: row.bytes, count: row.size), as: UTF8.self),
                isProgram: row.is_program
            )
        }
    }()
}
