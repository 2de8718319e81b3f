/// The version of the frames between host and cell.
///
/// Host and cell are the same file, so the number only catches a file that was replaced under a running host.
package enum CellProtocolVersion {
    package static let current: UInt32 = 3
}
