import RoostJSON

/// What the answer to a tools/call means for a job.
enum ToolOutcome {
    /// Reads a whole JSON-RPC response.
    ///
    /// `isPlain`: true for the structured content or the text alone, false for the whole result.
    static func of(_ answer: [UInt8], isPlain: Bool) -> JobOutcome {
        guard let response = try? JSONDocument(parsing: answer).root else {
            return .failed("the host's own answer could not be read")
        }
        if let error = response["error"] {
            return .failed(error["message"]?.string ?? String(decoding: error.bytes, as: UTF8.self))
        }
        guard let result = response["result"] else { return .failed("the host's own answer has no result") }
        if result["resultType"]?.equals("input_required") == true {
            return .failed(
                "the tool asks for input, and a job has nobody to ask: send the tools/call as an MCP message, whose answer says what it asks for"
            )
        }
        let texts = result["content"]?.elements.filter { $0["type"]?.equals("text") == true }
            .compactMap { $0["text"]?.string }
        if result["isError"]?.bool == true {
            let text = (texts ?? []).joined(separator: "\n")
            return .failed(text.isEmpty ? String(decoding: result.bytes, as: UTF8.self) : text)
        }
        guard isPlain else { return .completed(Array(result.bytes)) }
        if let structured = result["structuredContent"] { return .completed(Array(structured.bytes)) }
        guard let texts, texts.count == result["content"]?.count else {
            return .completed(Array(result.bytes))
        }
        return .completed(JSONValue.string(texts.joined(separator: "\n\n")).bytes)
    }
}
