/// What a parser of YAML meets, in the order of the text.
struct YAMLEvent: Sendable {
    /// What is met.
    enum Kind: Sendable {
        case documentStart
        case scalar(YAMLScalar)
        case alias(String)
        case sequenceStart
        case mappingStart
        /// The end of the sequence or mapping that began last.
        case end
    }

    var kind: Kind
    /// The name that an alias may call this value by; nil without one.
    var anchor: String?
    /// Where it begins.
    var mark: YAMLMark
}
