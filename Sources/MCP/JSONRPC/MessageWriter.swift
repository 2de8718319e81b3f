import RoostJSON

/// Messages of the server, as one line of JSON each.
package enum MessageWriter {
    /// A response that carries a result which is JSON text already.
    package static func response(_ id: RequestID, result: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(result.count + 64)
        bytes.append(contentsOf: #"{"jsonrpc":"2.0","id":"#.utf8)
        switch id {
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .string: bytes.append(contentsOf: id.json.bytes)
        }
        bytes.append(contentsOf: #","result":"#.utf8)
        bytes.append(contentsOf: result)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// An error response.
    ///
    /// Without an id when the request's could not be read: the schema knows no null.
    package static func error(_ id: RequestID?, _ error: RPCError) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("jsonrpc", string: "2.0")
            if let id { object.member("id", id.json) }
            object.member("error", error.json)
        }
        return writer.bytes
    }

    /// A notification; `params` is JSON text already.
    package static func notification(_ method: String, params: [UInt8]? = nil) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("jsonrpc", string: "2.0")
            object.member("method", string: method)
            if let params { object.member("params", raw: params) }
        }
        return writer.bytes
    }

    /// A request of the server to the client; revisions up to 2025-11-25 only.
    package static func request(_ id: RequestID, _ method: String, params: [UInt8]?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("jsonrpc", string: "2.0")
            object.member("id", id.json)
            object.member("method", string: method)
            if let params { object.member("params", raw: params) }
        }
        return writer.bytes
    }
}
