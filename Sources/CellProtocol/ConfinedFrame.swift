/// What became of one measure of a cell's confinement.
package struct ConfinedFrame: Sendable, Equatable {
    /// The measure's name.
    package var measure: String
    /// Whether it is in force, by name.
    package var state: String
    /// What is in force, or why it is not.
    package var reason: String

    package init(measure: String, state: String, reason: String) {
        self.measure = measure
        self.state = state
        self.reason = reason
    }

    func encode(into writer: inout FieldWriter) {
        writer.text(measure)
        writer.text(state)
        writer.text(reason)
    }

    init(decoding reader: inout FieldReader) throws(FrameError) {
        measure = try reader.text()
        state = try reader.text()
        reason = try reader.text()
    }
}
