/// A value of a YAML document and the place where it begins.
///
/// An alias is not a kind of its own: the value it stands for stands in its place, with the mark of the anchor.
package struct YAMLNode: Sendable {
    /// What a node holds; a mapping holds its members in the order of the file, repeated keys too.
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    package var content: Content
    package var mark: YAMLMark

    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    package var sequence: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    package var mapping: [(key: YAMLNode, value: YAMLNode)]? {
        if case .mapping(let members) = content { members } else { nil }
    }
}
