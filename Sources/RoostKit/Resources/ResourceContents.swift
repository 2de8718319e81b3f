/// What is in a resource: text or bytes.
public struct ResourceContents: Sendable, Hashable {
    /// The contents themselves.
    public enum Payload: Sendable, Hashable {
        case text(String)
        /// The bytes themselves, not their base64.
        case blob([UInt8])
    }

    /// Where it is.
    ///
    /// Nil: the URI that was read.
    public var uri: String?
    /// The media type.
    ///
    /// Nil: the one the resource was listed with.
    public var mimeType: String?
    /// The contents themselves.
    public var payload: Payload
    /// Members of the contents' _meta, with reverse-DNS keys.
    public var meta: JSONObject

    /// Makes contents of either kind.
    public init(_ payload: Payload, uri: String? = nil, mimeType: String? = nil, meta: JSONObject = [:]) {
        self.payload = payload
        self.uri = uri
        self.mimeType = mimeType
        self.meta = meta
    }

    /// Makes text.
    public static func text(_ text: String, uri: String? = nil, mimeType: String? = nil) -> ResourceContents {
        ResourceContents(.text(text), uri: uri, mimeType: mimeType)
    }

    /// Makes binary contents from their bytes.
    public static func blob(_ bytes: [UInt8], uri: String? = nil, mimeType: String? = nil) -> ResourceContents
    {
        ResourceContents(.blob(bytes), uri: uri, mimeType: mimeType)
    }

    func json(defaultURI: String, defaultMIMEType: String? = nil) -> JSONObject {
        var object: JSONObject = ["uri": .string(uri ?? defaultURI)]
        object["mimeType"] = (mimeType ?? defaultMIMEType).map(JSONValue.string)
        switch payload {
        case .text(let text): object["text"] = .string(text)
        case .blob(let bytes): object["blob"] = .string(Base64.encode(bytes))
        }
        if !meta.isEmpty { object["_meta"] = .object(meta) }
        return object
    }
}
