/// What `prefixItems` and `items` (2020-12), or `items` and `additionalItems` (draft-07), of one schema say together.
struct ItemRules: Sendable {
    /// Subschemas of the first elements, one each.
    let prefix: [Int]
    /// Subschema of all further elements; nil when there is none.
    let rest: Int?
    /// The keyword that holds `rest`.
    let restKeyword: String
}
