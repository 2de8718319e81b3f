package import PluginRuntime

/// Who wants to know when lists and resources change.
///
/// Functions may come on any thread and must not block.
package protocol ChangeListener: AnyObject, Sendable {
    var endpoint: Endpoint { get }
    /// What the client may do: of other plugins it hears nothing.
    var grants: Grants { get }
    /// A list of the endpoint reads differently now.
    func listChanged(_ list: ManifestList)
    /// A resource of the endpoint reads differently now. The listener knows whether its client subscribed.
    func resourceUpdated(_ uri: String)
}
