import RoostKit

/// An entity in a tool's arguments.
struct EntityArgument: ToolInput {
    @Param("The name that identifies the entity") var name: String
    @Param("What kind of thing the entity is, for example person") var entityType: String
    @Param("Facts about the entity, one short sentence each") var observations: [String]

    var entity: Entity { Entity(name: name, entityType: entityType, observations: observations) }
}
