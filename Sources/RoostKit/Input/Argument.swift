/// What ``ToolInput`` needs to know of a ``Param`` whose type it does not know.
protocol Argument {
    /// The name the author gave, or nil for the property's own.
    var givenName: String? { get }
    var isRequired: Bool { get }
    var schema: JSONObject { get }
    /// The current value, or nil when there is none or it stands for an absent one.
    var json: JSONValue? { get }
    /// Sets the value of a new input that nobody else has seen yet.
    func fill(from json: JSONView?) throws
}
