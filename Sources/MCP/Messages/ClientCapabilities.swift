package import RoostJSON

/// What a client said it can do.
package struct ClientCapabilities: Sendable {
    /// The object as the client wrote it; nil when it said nothing, which means it can do nothing.
    package var json: JSONView?

    package init(_ json: JSONView?) { self.json = json }

    /// True when the client shows forms.
    ///
    /// An empty elicitation object means forms and nothing else.
    package var elicitsForms: Bool {
        guard let elicitation = json?["elicitation"], elicitation.kind == .object else { return false }
        return elicitation["form"] != nil || elicitation["url"] == nil
    }

    package var elicitsURLs: Bool { json?["elicitation"]?["url"] != nil }
    package var samples: Bool { json?["sampling"] != nil }
    package var listsRoots: Bool { json?["roots"] != nil }

    /// True when the client declared an extension; the settings are the extension's own affair.
    package func declares(extension id: String) -> Bool { json?["extensions"]?[id]?.kind == .object }

    /// What is missing to ask this of the client, in the form of -32021's `requiredCapabilities`; nil when nothing is.
    package func missing(for request: JSONView) -> JSONObject? {
        switch request["method"]?.string {
        case "elicitation/create":
            if request["params"]?["mode"]?.equals("url") == true {
                return elicitsURLs ? nil : ["elicitation": ["url": [:]]]
            }
            return elicitsForms ? nil : ["elicitation": [:]]
        case "sampling/createMessage":
            return samples ? nil : ["sampling": [:]]
        case "roots/list":
            return listsRoots ? nil : ["roots": [:]]
        default:
            return nil
        }
    }
}
