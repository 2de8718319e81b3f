extension String {
    /// The text without characters that steer a terminal or begin a line of their own: what a plugin names is no markup.
    var printable: String {
        let isPlain = unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard !isPlain else { return self }
        var text = ""
        for scalar in unicodeScalars {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? "?" : scalar)
        }
        return text
    }
}
