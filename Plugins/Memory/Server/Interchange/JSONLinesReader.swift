import RoostJSON

/// Reads upstream's memory.jsonl: one JSON object a line, entities and relations in any order.
///
/// Accepts LF and CRLF, a newline after the last line or none, a byte-order mark, and blank lines. A line that is anything
/// else is set aside with a reason, and the lines around it are read all the same.
package enum JSONLinesReader {
    /// Reads a whole file.
    ///
    /// Never fails: what does not fit is in the content's lines set aside.
    package static func read(_ file: [UInt8]) -> JSONLinesContent {
        var content = JSONLinesContent()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = file.starts(with: mark) ? file[mark.count...] : file[...]
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let bytes = Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            read(bytes, number: index + 1, into: &content)
        }
        return content
    }

    private static func read(_ bytes: [UInt8], number: Int, into content: inout JSONLinesContent) {
        let view: JSONView
        let record: JSONLinesRecord
        do {
            view = try JSONDocument(parsing: bytes).root
            record = try self.record(view)
        } catch {
            let reason =
                error as? Refusal ?? Refusal(reason: "expected one JSON object on the line, but \(error)")
            content.setAside.append(
                SetAsideLine(number: number, reason: reason.reason, wasImported: false, bytes: bytes)
            )
            return
        }
        content.lines.append(JSONLinesContent.Line(number: number, record: record, bytes: bytes))
        for reason in losses(view, record, bytes) {
            content.setAside.append(
                SetAsideLine(number: number, reason: reason, wasImported: true, bytes: bytes)
            )
        }
    }

    private static func record(_ view: JSONView) throws(Refusal) -> JSONLinesRecord {
        guard view.kind == .object else {
            throw Refusal(reason: "expected a JSON object, found \(view.kind)")
        }
        switch view["type"]?.string {
        case "entity":
            return .entity(
                Entity(
                    name: try text("name", in: view),
                    entityType: try text("entityType", in: view),
                    observations: try texts("observations", in: view)
                )
            )
        case "relation":
            return .relation(
                Relation(
                    from: try text("from", in: view),
                    to: try text("to", in: view),
                    relationType: try text("relationType", in: view)
                )
            )
        case let other?:
            throw Refusal(
                reason: "expected the type \"entity\" or \"relation\", found \"\(other.prefix(64))\""
            )
        case nil:
            throw Refusal(
                reason:
                    "expected a member \"type\" that says \"entity\" or \"relation\", found \(found(view["type"]))"
            )
        }
    }

    private static func text(_ key: String, in view: JSONView) throws(Refusal) -> String {
        guard let text = view[key]?.string else {
            throw Refusal(reason: "expected a string as \"\(key)\", found \(found(view[key]))")
        }
        return text
    }

    private static func texts(_ key: String, in view: JSONView) throws(Refusal) -> [String] {
        guard let array = view[key], array.kind == .array else {
            throw Refusal(reason: "expected an array of strings as \"\(key)\", found \(found(view[key]))")
        }
        var texts: [String] = []
        for element in array.elements {
            guard let text = element.string else {
                throw Refusal(reason: "expected only strings in \"\(key)\", found \(found(element))")
            }
            texts.append(text)
        }
        return texts
    }

    private static func found(_ view: JSONView?) -> String { view.map { "\($0.kind)" } ?? "nothing" }

    /// What the graph cannot hold of a line it takes in.
    private static func losses(_ view: JSONView, _ record: JSONLinesRecord, _ bytes: [UInt8]) -> [String] {
        let known: Set<String> =
            switch record {
            case .entity: ["type", "name", "entityType", "observations"]
            case .relation: ["type", "from", "to", "relationType"]
            }
        var reasons = view.members.map(\.key).filter { !known.contains($0) }.map {
            "the member \"\($0.prefix(64))\" is not part of the graph and was not stored"
        }
        if UnpairedSurrogates.occur(in: bytes) {
            reasons.append("half of a surrogate pair is no Unicode text and was stored as U+FFFD")
        }
        return reasons
    }
}

/// Why a line is not a record.
private struct Refusal: Error {
    let reason: String
}
