/// What one line of a memory file says.
package enum JSONLinesRecord: Sendable, Hashable {
    case entity(Entity)
    case relation(Relation)
}
