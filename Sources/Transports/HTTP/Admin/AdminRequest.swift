package import RoostJSON

/// What an operator's request says, read and checked.
package struct AdminRequest: Sendable {
    /// What stands in the path where the action has `<alias>`, percent signs decoded; empty when the action has none.
    package var alias: String
    /// The body, a JSON object; empty when nothing was sent.
    package var body: JSONObject
}
