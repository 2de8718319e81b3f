import RoostKit

// One tool for each kind of content that a result can carry.

struct TestSimpleText: Tool {
    static let description = "Answers with one text."
    static let annotations = ToolAnnotations.readOnly
    static let runsInline = true

    func call(_ input: NoInput, _ context: CallContext) -> String {
        "This is a simple text response for testing."
    }
}

struct TestImageContent: Tool {
    static let description = "Answers with a picture."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) -> Content {
        .image(SampleMedia.png, mimeType: "image/png")
    }
}

struct TestAudioContent: Tool {
    static let description = "Answers with a sound."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) -> Content {
        .audio(SampleMedia.wav, mimeType: "audio/wav")
    }
}

struct TestEmbeddedResource: Tool {
    static let description = "Answers with a resource inside."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) -> Content {
        .resource(
            .text(
                "This is an embedded resource content.",
                uri: "test://embedded-resource",
                mimeType: "text/plain"
            )
        )
    }
}

struct TestMultipleContentTypes: Tool {
    static let description = "Answers with a text, a picture and a resource."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) -> [Content] {
        [
            .text(
                "Multiple content types test:",
                annotations: ContentAnnotations(audience: [.user], priority: 0.5)
            ),
            .image(SampleMedia.png, mimeType: "image/png"),
            .resource(
                .text(
                    #"{"test":"data","value":123}"#,
                    uri: "test://mixed-content-resource",
                    mimeType: "application/json"
                )
            ),
        ]
    }
}

struct TestResourceLink: Tool {
    static let description = "Answers with a link to a resource that can be read."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) -> Content {
        .resourceLink(
            ResourceLink(
                "test://static-text",
                name: "static-text",
                title: "Static text",
                mimeType: "text/plain"
            )
        )
    }
}

struct TestStructuredContent: Tool {
    static let description = "Answers with a structure that follows the tool's output schema."
    static let annotations = ToolAnnotations.readOnly
    static let cache: CacheDeclaration? = CacheDeclaration(for: .seconds(60), scope: .shared)

    struct Input: ToolInput {
        @Param("City name, for example Oslo", length: 1...80) var city = "Oslo"
        @Param("Days ahead", in: 1...10) var days = 3
        @Param("Units of the temperatures") var units = Units.metric
    }

    enum Units: String, CaseIterable, Codable, ParamValue {
        case metric, imperial
    }

    struct Report: Codable, ToolOutput {
        struct Day: Codable {
            var high: Double
            var low: Double
            var note: String?
        }

        var city: String
        var units: Units
        var days: [Day]
    }

    func call(_ input: Input, _ context: CallContext) -> Report {
        let days = (0..<input.days).map { day in
            let low = Double(day) + 2.5
            let note = day == 0 ? "today" : nil
            return Report.Day(
                high: input.units.temperature(low + 5),
                low: input.units.temperature(low),
                note: note
            )
        }
        return Report(city: input.city, units: input.units, days: days)
    }
}

extension TestStructuredContent.Units {
    /// A temperature in degrees Celsius, in these units.
    fileprivate func temperature(_ celsius: Double) -> Double {
        self == .metric ? celsius : celsius * 9 / 5 + 32
    }
}

struct TestErrorHandling: Tool {
    static let description = "Fails on purpose, with a text the model can read."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) throws -> String {
        throw ToolError("This tool intentionally returns an error for testing.")
    }
}
