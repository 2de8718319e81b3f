import RoostKit

/// A relation in a tool's arguments.
struct RelationArgument: ToolInput {
    @Param("The name of the entity where the relation starts") var from: String
    @Param("The name of the entity the relation points to") var to: String
    @Param("What connects the two, in active voice, for example works at") var relationType: String

    var relation: Relation { Relation(from: from, to: to, relationType: relationType) }
}
