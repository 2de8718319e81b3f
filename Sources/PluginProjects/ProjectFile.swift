/// A file of a project: where it goes, and what is in it.
package struct ProjectFile: Sendable, Hashable {
    /// From the project's folder, with no way out of it.
    package var path: String
    package var text: String
    /// True for a file that is run.
    package var isProgram = false
}
