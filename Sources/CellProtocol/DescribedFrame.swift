/// What a plugin's image says of itself: its roost_plugin_entry and roost_plugin_descriptor, field by field.
package struct DescribedFrame: Sendable, Equatable {
    /// Why the image has no entry to read; empty when it has one.
    package var fault = ""
    /// The size the entry gives itself.
    package var entrySize: UInt32 = 0
    package var abiMajor: UInt16 = 0
    package var abiMinor: UInt16 = 0
    /// The pointers of the entry that are NULL, by name.
    package var missing: [String] = []
    /// The size the descriptor gives itself; 0 when it was not read.
    package var descriptorSize: UInt32 = 0
    package var concurrency: UInt32 = 0
    package var id = ""
    package var name = ""
    package var version = ""
    /// Empty for a plugin without one.
    package var toolchain = ""

    package init() {}

    func encode(into writer: inout FieldWriter) {
        writer.text(fault)
        writer.integer(entrySize)
        writer.integer(abiMajor)
        writer.integer(abiMinor)
        writer.list(missing) { name, writer in writer.text(name) }
        writer.integer(descriptorSize)
        writer.integer(concurrency)
        for text in [id, name, version, toolchain] { writer.text(text) }
    }

    init(decoding reader: inout FieldReader) throws(FrameError) {
        fault = try reader.text()
        entrySize = try reader.integer()
        abiMajor = try reader.integer()
        abiMinor = try reader.integer()
        missing = try reader.list { reader throws(FrameError) in try reader.text() }
        descriptorSize = try reader.integer()
        concurrency = try reader.integer()
        id = try reader.text()
        name = try reader.text()
        version = try reader.text()
        toolchain = try reader.text()
    }
}
