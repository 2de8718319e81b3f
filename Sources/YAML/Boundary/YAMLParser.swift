import CYAML

/// Reads YAML with libyaml: the only place that touches its memory.
package enum YAMLParser {
    /// Reads a text that holds one document.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - maximumCount: How many values it may hold, with every alias written out.
    /// - Returns: The value; nil when the text holds none.
    /// - Throws: ``YAMLFault`` at the first place that cannot be read.
    package static func parse(
        _ text: String,
        maximumCount: Int = 100_000
    ) throws(YAMLFault) -> YAMLNode? {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { bytes throws(YAMLFault) in
            // Invariant: the parser keeps a pointer to itself and one to the bytes, so it stands still on the heap, and
            // both are in use only until this closure ends.
            let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
            defer { parser.deallocate() }
            // Invariant: 0 means that it ran out of memory and holds none.
            guard yaml_parser_initialize(parser) != 0 else { throw outOfMemory }
            defer { yaml_parser_delete(parser) }
            yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
            return try compose(parser, YAMLComposer(maximumCount: maximumCount), text)
        }
    }

    private static func compose(
        _ parser: UnsafeMutablePointer<yaml_parser_t>,
        _ composer: YAMLComposer,
        _ text: String
    ) throws(YAMLFault) -> YAMLNode? {
        var composer = composer
        while true {
            var event = yaml_event_t()
            // Invariant: the event is set only after success, and then ours to delete, once.
            guard yaml_parser_parse(parser, &event) != 0 else { throw fault(parser.pointee, text) }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { return composer.root }
            if let event = try copy(event) { try composer.take(event) }
        }
    }

    /// What an event says, in memory of our own; nil for one that says nothing about values.
    ///
    /// Invariant: the event's type tells which member of its union is set.
    private static func copy(_ event: yaml_event_t) throws(YAMLFault) -> YAMLEvent? {
        let mark = YAMLMark(event.start_mark)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, mark: mark)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let copy = try self.scalar(scalar, tag: string(scalar.tag), mark)
            return YAMLEvent(kind: .scalar(copy), anchor: string(scalar.anchor), mark: mark)
        case YAML_ALIAS_EVENT:
            return YAMLEvent(kind: .alias(string(event.data.alias.anchor) ?? ""), mark: mark)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try check(string(start.tag), among: ["seq"], mark)
            return YAMLEvent(kind: .sequenceStart, anchor: string(start.anchor), mark: mark)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try check(string(start.tag), among: ["map"], mark)
            return YAMLEvent(kind: .mappingStart, anchor: string(start.anchor), mark: mark)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .end, mark: mark)
        default: return nil
        }
    }

    private typealias CScalar = yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar

    private static func scalar(
        _ scalar: CScalar,
        tag: String?,
        _ mark: YAMLMark
    ) throws(YAMLFault) -> YAMLScalar {
        try check(tag, among: ["str", "null", "bool", "int", "float"], mark)
        let style: YAMLScalar.Style =
            switch scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .plain
            }
        // Invariant: the value has this many bytes; they may hold zeros.
        let text = String(
            decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length),
            as: UTF8.self
        )
        let isText = tag.map { $0 == "!" || $0 == prefix + "str" } ?? (style != .plain)
        return YAMLScalar(text: text, style: style, isText: isText)
    }

    private static let prefix = "tag:yaml.org,2002:"

    private static func check(_ tag: String?, among names: [String], _ mark: YAMLMark) throws(YAMLFault) {
        guard let tag, tag != "!", !names.contains(where: { tag == prefix + $0 }) else { return }
        let known = names.map { "!!\($0)" }.joined(separator: ", ")
        throw YAMLFault(mark: mark, expected: "no tag, or one of \(known)", found: "the tag \(tag)")
    }

    // MARK: Faults

    private static let outOfMemory = YAMLFault(
        mark: YAMLMark(line: 1, column: 1),
        expected: "memory to read the file",
        found: "none"
    )

    private static func fault(_ parser: yaml_parser_t, _ text: String) -> YAMLFault {
        if parser.error == YAML_MEMORY_ERROR { return outOfMemory }
        let problem = string(parser.problem) ?? "something else"
        if parser.error == YAML_READER_ERROR {
            return YAMLFault(
                mark: YAMLMark(offset: parser.problem_offset, in: text),
                expected: "YAML",
                found: "\(problem) (U+\(String(parser.problem_value, radix: 16, uppercase: true)))"
            )
        }
        let context =
            string(parser.context).map { "\($0) (line \(YAMLMark(parser.context_mark).line)): " } ?? ""
        return YAMLFault(mark: YAMLMark(parser.problem_mark), expected: "YAML", found: context + problem)
    }

    /// Invariant: a text of libyaml that is there ends with a zero and lives until its event or parser is deleted.
    private static func string(_ text: UnsafePointer<CChar>?) -> String? { text.map { String(cString: $0) } }
    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(cString: $0) }
    }
}

extension YAMLMark {
    /// libyaml counts from 0.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
