/// The values of roost_status.
enum PluginStatus: Int32, Sendable {
    case ok, error, cancelled, unknownCall, inputRequired, unsupported
}
