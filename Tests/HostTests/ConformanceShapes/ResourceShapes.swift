import RoostJSON
import Testing

/// What the resources of the everything plugin answer, in every revision.
enum ResourceShapes {
    static func list(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let resources = try #require(
            reply.result?["resources"]?.array,
            reply.exchange,
            sourceLocation: location
        )
        let uris = resources.compactMap { $0["uri"]?.string }
        for uri in ["test://static-text", "test://static-binary", "test://watched-resource"] {
            #expect(uris.contains(uri), reply.exchange, sourceLocation: location)
        }
        #expect(
            resources.allSatisfy { $0["name"]?.string?.isEmpty == false },
            reply.exchange,
            sourceLocation: location
        )
    }

    static func text(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let contents = try contents(reply, location)
        #expect(contents["uri"] == "test://static-text", reply.exchange, sourceLocation: location)
        #expect(contents["mimeType"] == "text/plain", reply.exchange, sourceLocation: location)
        #expect(contents["text"]?.string?.isEmpty == false, reply.exchange, sourceLocation: location)
    }

    static func binary(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let contents = try contents(reply, location)
        #expect(contents["uri"] == "test://static-binary", reply.exchange, sourceLocation: location)
        #expect(contents["mimeType"] == "image/png", reply.exchange, sourceLocation: location)
        ToolShapes.expectBase64(contents["blob"], reply, location)
    }

    static func template(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let contents = try contents(reply, location)
        #expect(contents["uri"] == "test://template/123/data", reply.exchange, sourceLocation: location)
        #expect(contents["mimeType"] == "application/json", reply.exchange, sourceLocation: location)
        #expect(contents["text"]?.string?.contains("123") == true, reply.exchange, sourceLocation: location)
    }

    static func templates(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let templates = try #require(
            reply.result?["resourceTemplates"]?.array,
            reply.exchange,
            sourceLocation: location
        )
        #expect(
            templates.contains { $0["uriTemplate"] == "test://template/{id}/data" },
            reply.exchange,
            sourceLocation: location
        )
    }

    private static func contents(_ reply: Reply, _ location: SourceLocation) throws -> JSONValue {
        #expect(reply.status == 200, reply.exchange, sourceLocation: location)
        let contents = try #require(
            reply.result?["contents"]?.array,
            reply.exchange,
            sourceLocation: location
        )
        return try #require(contents.first, reply.exchange, sourceLocation: location)
    }
}
