import RoostKit

/// Resources that always read the same.
enum SampleResources {
    @ListBuilder<Resource> static var all: [Resource] {
        Resource(
            "test://static-text",
            name: "static-text",
            title: "Static text",
            description: "A text that never changes.",
            mimeType: "text/plain"
        ) { _ in
            [.text("This is the content of the static text resource.")]
        }
        Resource(
            "test://static-binary",
            name: "static-binary",
            title: "Static picture",
            description: "A picture of one red pixel.",
            mimeType: "image/png"
        ) { _ in
            [.blob(SampleMedia.png)]
        }
    }

    static var template: ResourceTemplate {
        ResourceTemplate(
            "test://template/{id}/data",
            name: "template-data",
            title: "Data by id",
            description: "A JSON object that names the id it was read with.",
            mimeType: "application/json"
        ) { match, _ in
            let data: JSONValue = [
                "id": .string(match["id"]), "data": .string("Data for ID: \(match["id"])"),
            ]
            return [.text(data.text)]
        }
    }
}
