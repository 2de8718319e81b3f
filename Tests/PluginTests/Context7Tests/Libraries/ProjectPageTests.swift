import Testing

@testable import Context7Server

@Suite("Pages about a project's own course")
struct ProjectPageTests {
    @Test(
        "are told by a folder or a file of their path",
        arguments: [
            ("swift-log/Docs.docc/Proposals/SLG-0003.md", true), ("CHANGELOG.md", true),
            ("docs/CONTRIBUTING.rst", true),
            ("docs/guide.md", false), ("docs/proposal-writing.md", false),
            ("Sources/History+undo.swift", false), ("", false),
        ]
    )
    func byPath(_ path: String, _ isAboutTheProject: Bool) {
        #expect(PageOrder.isAboutTheProject(path) == isAboutTheProject)
    }
}
