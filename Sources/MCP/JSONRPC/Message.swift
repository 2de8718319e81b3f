package import RoostJSON

/// One JSON-RPC 2.0 message, as far as the envelope tells.
package enum Message: Sendable {
    case request(Request)
    case notification(Notification)
    case response(Response)
}

/// A message that wants an answer.
package struct Request: Sendable {
    package var id: RequestID
    package var method: String
    /// An object; nil when the message has none.
    package var params: JSONView?

    package init(id: RequestID, method: String, params: JSONView?) {
        self.id = id
        self.method = method
        self.params = params
    }
}

/// A message that wants none.
package struct Notification: Sendable {
    package var method: String
    package var params: JSONView?
}

/// An answer of the client to a request of the server; revisions up to 2025-11-25 only.
package struct Response: Sendable {
    /// Nil when the client could not tell which request it answers.
    package var id: RequestID?
    package var result: JSONView?
    package var error: RPCError?

    package init(id: RequestID?, result: JSONView?, error: RPCError?) {
        self.id = id
        self.result = result
        self.error = error
    }
}

extension Message {
    /// Why a JSON value is not a message, with the id to answer to when it could be read.
    package struct Fault: Error, Sendable {
        package var id: RequestID?
        package var error: RPCError
    }

    /// Reads an envelope.
    ///
    /// Does not look into params.
    package init(_ view: JSONView) throws(Fault) {
        guard view.kind == .object else {
            throw Self.fault(nil, "a message must be a JSON object; found \(view.kind)")
        }
        let idView = view["id"]
        let id = idView.flatMap { RequestID($0) }
        guard view["jsonrpc"]?.equals("2.0") == true else {
            throw Self.fault(id, "a message must have \"jsonrpc\":\"2.0\"")
        }
        let params = view["params"]
        guard params == nil || params?.kind == .object else {
            throw Self.fault(id, "params must be an object; found \(params?.kind ?? .null)")
        }
        if let methodView = view["method"] {
            guard let method = methodView.string else {
                throw Self.fault(id, "method must be a string; found \(methodView.kind)")
            }
            guard let idView else {
                self = .notification(Notification(method: method, params: params))
                return
            }
            guard let id else {
                throw Self.fault(
                    nil,
                    "id must be a string or an integer; found \(String(decoding: idView.bytes.prefix(64), as: UTF8.self))"
                )
            }
            self = .request(Request(id: id, method: method, params: params))
        } else if view["result"] != nil || view["error"] != nil {
            self = .response(
                Response(id: id, result: view["result"], error: view["error"].flatMap { RPCError($0) })
            )
        } else {
            throw Self.fault(id, "a message must have a method, a result or an error")
        }
    }

    private static func fault(_ id: RequestID?, _ message: String) -> Fault {
        Fault(id: id, error: RPCError(.invalidRequest, message))
    }
}
