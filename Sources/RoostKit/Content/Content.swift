/// One block of what a tool answers or a prompt says.
///
/// ```
/// return [.text("Two readings:"), .image(png, mimeType: "image/png")]
/// ```
public struct Content: Sendable, Hashable {
    /// What a block is made of.
    public enum Kind: Sendable, Hashable {
        case text(String)
        /// The picture's own bytes, not their base64.
        case image([UInt8], mimeType: String)
        /// The sound's own bytes, not their base64.
        case audio([UInt8], mimeType: String)
        /// Points to something the client can read later.
        case resourceLink(ResourceLink)
        /// Carries a resource inside.
        case resource(ResourceContents)
    }

    /// What the block is made of.
    public var kind: Kind
    /// Whom it is for and how much it matters.
    ///
    /// Nil: nothing is said.
    public var annotations: ContentAnnotations?
    /// Members of the block's _meta, with reverse-DNS keys.
    public var meta: JSONObject

    /// Makes a block.
    public init(_ kind: Kind, annotations: ContentAnnotations? = nil, meta: JSONObject = [:]) {
        self.kind = kind
        self.annotations = annotations
        self.meta = meta
    }

    /// Makes a block of text.
    public static func text(_ text: String, annotations: ContentAnnotations? = nil) -> Content {
        Content(.text(text), annotations: annotations)
    }

    /// Makes a picture from its bytes.
    public static func image(
        _ bytes: [UInt8],
        mimeType: String,
        annotations: ContentAnnotations? = nil
    ) -> Content {
        Content(.image(bytes, mimeType: mimeType), annotations: annotations)
    }

    /// Makes a sound from its bytes.
    public static func audio(
        _ bytes: [UInt8],
        mimeType: String,
        annotations: ContentAnnotations? = nil
    ) -> Content {
        Content(.audio(bytes, mimeType: mimeType), annotations: annotations)
    }

    /// Points to a resource.
    public static func resourceLink(_ link: ResourceLink, annotations: ContentAnnotations? = nil) -> Content {
        Content(.resourceLink(link), annotations: annotations)
    }

    /// Carries a resource inside.
    ///
    /// Its URI must be set.
    public static func resource(
        _ contents: ResourceContents,
        annotations: ContentAnnotations? = nil
    ) -> Content {
        Content(.resource(contents), annotations: annotations)
    }
}

extension Content {
    /// The block as MCP shapes it.
    public var json: JSONValue {
        var object: JSONObject
        switch kind {
        case .text(let text): object = ["type": "text", "text": .string(text)]
        case .image(let bytes, let mimeType): object = Self.media("image", bytes, mimeType)
        case .audio(let bytes, let mimeType): object = Self.media("audio", bytes, mimeType)
        case .resourceLink(let link):
            object = ["type": "resource_link"]
            for (key, value) in link.json.members { object[key] = value }
        case .resource(let contents):
            object = ["type": "resource", "resource": .object(contents.json(defaultURI: ""))]
        }
        object["annotations"] = (annotations?.json).map(JSONValue.object)
        if !meta.isEmpty { object["_meta"] = .object(meta) }
        return .object(object)
    }

    private static func media(_ type: String, _ bytes: [UInt8], _ mimeType: String) -> JSONObject {
        ["type": .string(type), "data": .string(Base64.encode(bytes)), "mimeType": .string(mimeType)]
    }
}

extension Content: ExpressibleByStringInterpolation {
    /// Makes a block of text.
    public init(stringLiteral value: String) { self.init(.text(value)) }
}
