/// The entry of a cell: the same program as the host, started with "cell" as its first argument.
///
/// Its name follows, for people who list processes. Descriptor 0 is the link to the host, 1 and 2 go to its log. Call it before anything else in main: a cell wants to be up
/// within milliseconds and needs nothing that a host sets up.
package enum CellMain {
    /// The argument that makes a program a cell.
    package static let argument = "cell"

    /// Serves the host until it says quit or goes away.
    ///
    /// Never returns.
    package static func run() -> Never {
        let link = CellLink.adopt()
        var server = CellServer(link: link)
        server.run()
        CellLink.leave()
    }
}
