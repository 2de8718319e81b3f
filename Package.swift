// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order of a request's path: host, contract, plugins, tests.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A plugin exports its one entry and nothing else, so that two plugins never see each other's symbols.
let oneSymbol: [LinkerSetting] = [
    .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/Plugins/plugin.version"])
]

func plugin(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    path: String,
    exclude: [String] = ["README.md"]
) -> Target {
    .target(
        name: name,
        dependencies: ["CRoost", "RoostKit"] + dependencies,
        path: path,
        exclude: exclude,
        swiftSettings: strict,
        linkerSettings: oneSymbol
    )
}

/// A plugin with one vice, for the tests of the host.
func fixture(_ name: String) -> Target {
    .target(
        name: "Fixture\(name)",
        dependencies: ["CRoost"],
        path: "Tests/Fixtures/Plugins/\(name)",
        cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
        linkerSettings: oneSymbol
    )
}

let fixtures = [
    "Fetch", "Vices", "WrongABI", "OldABI", "NoEntry", "NoInstance", "ForeignToolchain", "Faults", "Versions",
    "Escapes",
]

let package = Package(
    name: "roost",
    products: [
        .executable(name: "roost", targets: ["roost"]),
        .library(name: "CRoost", targets: ["CRoost"]),
        .library(name: "RoostKit", targets: ["RoostKit"]),
        .library(name: "RoostTesting", targets: ["RoostTesting"]),
        .library(name: "Echo", type: .dynamic, targets: ["Echo"]),
        .library(name: "Everything", type: .dynamic, targets: ["Everything"]),
        .library(name: "Functions", type: .dynamic, targets: ["Functions"]),
        .library(name: "Memory", type: .dynamic, targets: ["Memory"]),
        .library(name: "Context7", type: .dynamic, targets: ["Context7"]),
        .library(name: "FixtureCourier", type: .dynamic, targets: ["FixtureCourier"]),
        .library(name: "FixtureWorkers", type: .dynamic, targets: ["FixtureWorkers"]),
        .library(name: "FixtureHandler", type: .dynamic, targets: ["FixtureHandler"]),
    ]
        + fixtures.map { .library(name: "Fixture\($0)", type: .dynamic, targets: ["Fixture\($0)"]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // The host
        .executableTarget(
            name: "roost",
            dependencies: [
                "PluginInspection",
                "PluginProjects",
                "CLinux", "HostConfiguration", "Transports", "Gateway", "Policies", "PluginRuntime", "MCP",
                "OutboundHTTP", "Redis", "RoostJSON", "RunPod", "Telemetry", "WorkStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "HostConfiguration",
            dependencies: ["FunctionDeclarations", "OutboundHTTP", "RoostJSON", "YAML"],
            swiftSettings: strict
        ),
        .target(name: "FunctionDeclarations", dependencies: ["RoostJSON"], swiftSettings: strict),
        .target(name: "YAML", dependencies: ["CYAML", "RoostJSON"], swiftSettings: strict),
        .target(
            name: "Transports",
            dependencies: [
                "Gateway", "MCP", "RoostJSON", "Telemetry",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(name: "MCP", dependencies: ["RoostJSON"], swiftSettings: strict),
        .target(
            name: "Gateway",
            dependencies: [
                "MCP", "PluginRuntime", "RoostJSON", "Telemetry", "WorkStore",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Policies",
            dependencies: [
                "Gateway", "MCP", "OutboundHTTP", "PluginRuntime", "Redis", "RoostJSON", "SQLiteStore",
                "Telemetry", .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "PluginRuntime",
            dependencies: [
                "CRoost", "CLinux", "CellProtocol", "OutboundHTTP", "RoostJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "PluginInspection",
            dependencies: [
                "MCP", "PluginRuntime", "RoostJSON", .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(name: "CellProtocol", swiftSettings: strict),
        .target(name: "PluginProjects", dependencies: ["CTemplates", "RoostJSON"], swiftSettings: strict),
        .target(name: "CTemplates"),
        .target(
            name: "SQLiteStore",
            dependencies: ["CSQLite", .product(name: "NIOPosix", package: "swift-nio")],
            swiftSettings: strict
        ),
        .target(name: "WorkStore", dependencies: ["Redis", "SQLiteStore"], swiftSettings: strict),
        .target(
            name: "RunPod",
            dependencies: [
                "Gateway", "MCP", "OutboundHTTP", "PluginRuntime", "RoostJSON", "SQLiteStore", "Telemetry",
                "Transports", "WorkStore", .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "OutboundHTTP",
            dependencies: ["CCurl", "CLinux", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict
        ),
        .target(
            name: "Redis",
            dependencies: [
                "CHiredis", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Telemetry",
            dependencies: [
                "OutboundHTTP", "RoostJSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            swiftSettings: strict
        ),
        .target(name: "CLinux"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CCurl"),
        .systemLibrary(name: "CFFI", pkgConfig: "libffi", providers: [.apt(["libffi-dev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // The contract and the author's side of it
        .target(name: "CRoost"),
        .target(name: "RoostJSON", swiftSettings: strict),
        .target(name: "RoostKit", dependencies: ["CRoost", "RoostJSON"], swiftSettings: strict),
        .target(
            name: "RoostTesting",
            dependencies: ["CRoost", "RoostKit", "RoostJSON"],
            swiftSettings: strict
        ),

        // Shared by plugins
        .target(
            name: "CKernels",
            exclude: ["kernels.inc.h", "products.inc.h"],
            // Without it a forward pass in a test takes seconds.
            cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]
        ),
        .target(
            name: "CHNSW",
            dependencies: ["CKernels"],
            // Without it putting a vector in takes ten times as long.
            cxxSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]
        ),
        .target(name: "Embedding", dependencies: ["CHNSW", "CKernels", "RoostJSON"], swiftSettings: strict),

        // Plugins
        .target(
            name: "Echo",
            dependencies: ["CRoost"],
            path: "Plugins/Echo",
            exclude: ["README.md"],
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: oneSymbol
        ),
        plugin("Everything", ["EverythingServer"], path: "Plugins/Everything/Entry", exclude: []),
        .target(
            name: "EverythingServer",
            dependencies: ["RoostKit"],
            path: "Plugins/Everything/Server",
            swiftSettings: strict
        ),
        plugin("Functions", ["FunctionsServer"], path: "Plugins/Functions/Entry", exclude: []),
        .target(
            name: "FunctionsServer",
            dependencies: ["CFFI", "FunctionDeclarations", "RoostKit", "RoostJSON"],
            path: "Plugins/Functions/Server",
            swiftSettings: strict
        ),
        plugin("Memory", ["MemoryServer"], path: "Plugins/Memory/Entry", exclude: []),
        .target(
            name: "MemoryServer",
            dependencies: [
                "Embedding", "RoostKit", "RoostJSON", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Plugins/Memory/Server",
            swiftSettings: strict
        ),
        plugin("Context7", ["Context7Server"], path: "Plugins/Context7/Entry", exclude: []),
        .target(
            name: "Context7Server",
            dependencies: [
                "CCMark", "CHTML", "CZlib", "Embedding", "RoostKit", "RoostJSON", "YAML",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Plugins/Context7/Server",
            swiftSettings: strict
        ),
        .systemLibrary(name: "CCMark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "CHTML",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror", "-isystem", "/usr/include/libxml2"])],
            linkerSettings: [.linkedLibrary("xml2")]
        ),

        // Tests
        plugin("FixtureCourier", path: "Tests/Fixtures/Plugins/Courier", exclude: []),
        plugin("FixtureHandler", path: "Tests/Fixtures/Plugins/Handler", exclude: []),
        plugin("FixtureWorkers", path: "Tests/Fixtures/Plugins/Workers", exclude: []),
        .testTarget(name: "YAMLTests", dependencies: ["RoostJSON", "YAML"], swiftSettings: strict),
        .testTarget(name: "RoostJSONTests", dependencies: ["RoostJSON"], swiftSettings: strict),
        .testTarget(name: "MCPTests", dependencies: ["MCP", "RoostJSON"], swiftSettings: strict),
        .testTarget(
            name: "HostConfigurationTests",
            dependencies: ["HostConfiguration", "OutboundHTTP", "RoostJSON"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "EventWaiting", "Gateway", "Policies", "MCP", "PluginRuntime", "RoostJSON", "WorkStore",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PoliciesTests",
            dependencies: [
                "EventWaiting", "Policies", "Gateway", "MCP", "ObjectStoreTesting", "OutboundHTTP",
                "PluginRuntime", "Redis",
                "RedisTesting", "RoostJSON", "SQLiteStore", "Telemetry",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(name: "EventWaiting", path: "Tests/Support/EventWaiting", swiftSettings: strict),
        .target(name: "LoopbackPorts", path: "Tests/Support/LoopbackPorts", swiftSettings: strict),
        .target(
            name: "ObjectStoreTesting",
            dependencies: [
                "EventWaiting", "LoopbackPorts", .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            path: "Tests/Support/ObjectStoreTesting",
            exclude: ["requirements.txt"],
            swiftSettings: strict
        ),
        .target(
            name: "RedisTesting",
            dependencies: [
                "EventWaiting", "LoopbackPorts", .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            path: "Tests/Support/RedisTesting",
            swiftSettings: strict
        ),
        .target(
            name: "HTTPTesting",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/Support/HTTPTesting",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RedisTests",
            dependencies: [
                "EventWaiting", "Redis", "RedisTesting",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TransportsTests",
            dependencies: [
                "Transports", "Gateway", "MCP", "RoostJSON", "Telemetry",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TelemetryTests",
            dependencies: [
                "Telemetry", "OutboundHTTP", "RoostJSON", .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PluginRuntimeTests",
            dependencies: [
                "EventWaiting", "HTTPTesting", "OutboundHTTP", "PluginRuntime", "CellProtocol", "CRoost",
                "RoostJSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PluginInspectionTests",
            dependencies: [
                "MCP", "PluginInspection", "PluginRuntime", "RoostJSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OutboundHTTPTests",
            dependencies: [
                "EventWaiting", "HTTPTesting", "LoopbackPorts", "OutboundHTTP",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RoostKitTests",
            dependencies: ["RoostKit", "RoostTesting", "RoostJSON", "CRoost"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EmbeddingTests",
            dependencies: [
                "CKernels", "Embedding", "RoostJSON",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["requirements.txt", "Tokenizer/reference.py"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EverythingTests",
            dependencies: ["EverythingServer", "RoostKit", "RoostTesting", "RoostJSON"],
            path: "Tests/PluginTests/EverythingTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "FunctionsTests",
            dependencies: [
                "FunctionDeclarations", "FunctionsServer", "RoostKit", "RoostTesting", "RoostJSON",
            ],
            path: "Tests/PluginTests/FunctionsTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "MemoryTests",
            dependencies: [
                "Embedding", "MemoryServer", "MCP", "RoostKit", "RoostTesting", "RoostJSON",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/PluginTests/MemoryTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "Context7Tests",
            dependencies: [
                "EventWaiting", "Context7Server", "MCP", "RoostKit", "RoostTesting", "RoostJSON",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            path: "Tests/PluginTests/Context7Tests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "EventWaiting", "HTTPTesting", "MCP", "Policies", "RedisTesting", "RoostJSON",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PluginProjectsTests",
            dependencies: ["PluginProjects", "RoostJSON"],
            swiftSettings: strict
        ),
        .testTarget(name: "RepositoryTests", swiftSettings: strict),
        .testTarget(
            name: "WorkStoreTests",
            dependencies: [
                "EventWaiting", "Redis", "RedisTesting", "SQLiteStore", "WorkStore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RunPodTests",
            dependencies: [
                "EventWaiting", "Gateway", "HTTPTesting", "MCP", "ObjectStoreTesting", "OutboundHTTP",
                "RoostJSON", "RunPod",
                "SQLiteStore", "Telemetry", "Transports", "WorkStore",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "MeasureEmbedding",
            dependencies: ["Embedding"],
            path: "Benchmarks/Embedding",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "FixtureOldKernel",
            path: "Tests/Fixtures/Programs/OldKernel",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]
        ),
    ] + fixtures.map(fixture),
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17,
    cxxLanguageStandard: .cxx17
)
