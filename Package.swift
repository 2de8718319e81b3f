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

/// A product that only the host and the plugins shipped with it use.
///
/// SwiftPM fetches no package whose products all stand under a trait that is off, so that somebody who
/// writes a plugin fetches none: see the trait below.
func host(_ product: String, of package: String) -> Target.Dependency {
    .product(name: product, package: package, condition: .when(traits: ["Host"]))
}

let grdb = host("GRDB", of: "GRDB.swift")
let argumentParser = host("ArgumentParser", of: "swift-argument-parser")
let crypto = host("Crypto", of: "swift-crypto")
let cryptoExtras = host("CryptoExtras", of: "swift-crypto")
let logging = host("Logging", of: "swift-log")
let coreMetrics = host("CoreMetrics", of: "swift-metrics")
let metrics = host("Metrics", of: "swift-metrics")
let nioConcurrencyHelpers = host("NIOConcurrencyHelpers", of: "swift-nio")
let nioCore = host("NIOCore", of: "swift-nio")
let nioHTTP1 = host("NIOHTTP1", of: "swift-nio")
let nioPosix = host("NIOPosix", of: "swift-nio")
let subprocess = host("Subprocess", of: "swift-subprocess")

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
    traits: [
        .default(enabledTraits: ["Host"]),
        .trait(
            name: "Host",
            description:
                "The host and the plugins shipped with it. An author's package leaves it out: traits: []"
        ),
    ],
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
                "PluginInspection", "PluginProjects", "CLinux", "HostConfiguration", "Transports",
                "Gateway", "Policies", "PluginRuntime", "MCP", "OutboundHTTP", "Redis", "RoostJSON",
                "RunPod", "Telemetry", "WorkStore", argumentParser, logging, metrics, nioCore, nioPosix,
                subprocess,
            ]
        ),
        .target(
            name: "HostConfiguration",
            dependencies: ["FunctionDeclarations", "OutboundHTTP", "RoostJSON", "YAML"]
        ),
        .target(name: "FunctionDeclarations", dependencies: ["RoostJSON"]),
        .target(name: "YAML", dependencies: ["CYAML", "RoostJSON"]),
        .target(
            name: "Transports",
            dependencies: [
                "Gateway", "MCP", "RoostJSON", "Telemetry", coreMetrics, logging, nioCore, nioHTTP1,
                nioPosix,
            ]
        ),
        .target(name: "MCP", dependencies: ["RoostJSON"]),
        .target(
            name: "Gateway",
            dependencies: [
                "MCP", "PluginRuntime", "RoostJSON", "Telemetry", "WorkStore", coreMetrics, crypto,
                logging,
            ]
        ),
        .target(
            name: "Policies",
            dependencies: [
                "Gateway", "MCP", "OutboundHTTP", "PluginRuntime", "Redis", "RoostJSON", "SQLiteStore",
                "Telemetry", coreMetrics, crypto, cryptoExtras, logging, metrics, nioCore,
            ]
        ),
        .target(
            name: "PluginRuntime",
            dependencies: [
                "CRoost", "CLinux", "CellProtocol", "OutboundHTTP", "RoostJSON", crypto, logging, metrics,
                nioConcurrencyHelpers, nioCore, nioPosix,
            ]
        ),
        .target(
            name: "PluginInspection",
            dependencies: ["MCP", "PluginRuntime", "RoostJSON", logging, nioCore, nioPosix]
        ),
        .target(name: "CellProtocol"),
        .target(name: "PluginProjects", dependencies: ["CTemplates", "RoostJSON"]),
        .target(name: "CTemplates"),
        .target(name: "SQLiteStore", dependencies: ["CSQLite", nioPosix]),
        .target(name: "WorkStore", dependencies: ["Redis", "SQLiteStore"]),
        .target(
            name: "RunPod",
            dependencies: [
                "Gateway", "MCP", "OutboundHTTP", "PluginRuntime", "RoostJSON", "SQLiteStore", "Telemetry",
                "Transports", "WorkStore", coreMetrics, crypto, logging, metrics, nioPosix,
            ]
        ),
        .target(name: "OutboundHTTP", dependencies: ["CCurl", "CLinux", crypto]),
        .target(name: "Redis", dependencies: ["CHiredis", crypto, logging, metrics, nioCore, nioPosix]),
        .target(name: "Telemetry", dependencies: ["OutboundHTTP", "RoostJSON", logging, coreMetrics]),
        .target(name: "CLinux"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CCurl"),
        .systemLibrary(name: "CFFI", pkgConfig: "libffi", providers: [.apt(["libffi-dev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // The contract and the author's side of it
        .target(name: "CRoost"),
        .target(name: "RoostJSON"),
        .target(name: "RoostKit", dependencies: ["CRoost", "RoostJSON"]),
        .target(name: "RoostTesting", dependencies: ["CRoost", "RoostKit", "RoostJSON"]),

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
        .target(name: "Embedding", dependencies: ["CHNSW", "CKernels", "RoostJSON"]),

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
        .target(name: "EverythingServer", dependencies: ["RoostKit"], path: "Plugins/Everything/Server"),
        plugin("Functions", ["FunctionsServer"], path: "Plugins/Functions/Entry", exclude: []),
        .target(
            name: "FunctionsServer",
            dependencies: ["CFFI", "FunctionDeclarations", "RoostKit", "RoostJSON"],
            path: "Plugins/Functions/Server"
        ),
        plugin("Memory", ["MemoryServer"], path: "Plugins/Memory/Entry", exclude: []),
        .target(
            name: "MemoryServer",
            dependencies: ["Embedding", "RoostKit", "RoostJSON", crypto, grdb],
            path: "Plugins/Memory/Server"
        ),
        plugin("Context7", ["Context7Server"], path: "Plugins/Context7/Entry", exclude: []),
        .target(
            name: "Context7Server",
            dependencies: [
                "CCMark", "CHTML", "CZlib", "Embedding", "RoostKit", "RoostJSON", "YAML", crypto, grdb,
            ],
            path: "Plugins/Context7/Server"
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
        .testTarget(name: "YAMLTests", dependencies: ["RoostJSON", "YAML"]),
        .testTarget(name: "RoostJSONTests", dependencies: ["RoostJSON"]),
        .testTarget(name: "MCPTests", dependencies: ["MCP", "RoostJSON"]),
        .testTarget(
            name: "HostConfigurationTests",
            dependencies: ["HostConfiguration", "OutboundHTTP", "RoostJSON"]
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "EventWaiting", "Gateway", "Policies", "MCP", "PluginRuntime", "RoostJSON", "WorkStore",
                logging,
            ]
        ),
        .testTarget(
            name: "PoliciesTests",
            dependencies: [
                "EventWaiting", "Policies", "Gateway", "MCP", "ObjectStoreTesting", "OutboundHTTP",
                "PluginRuntime", "Redis", "RedisTesting", "RoostJSON", "SQLiteStore", "Telemetry", crypto,
                logging, metrics, nioPosix,
            ]
        ),
        .target(name: "EventWaiting", path: "Tests/Support/EventWaiting"),
        .target(name: "LoopbackPorts", path: "Tests/Support/LoopbackPorts"),
        .target(
            name: "ObjectStoreTesting",
            dependencies: ["EventWaiting", "LoopbackPorts", subprocess],
            path: "Tests/Support/ObjectStoreTesting",
            exclude: ["requirements.txt"]
        ),
        .target(
            name: "RedisTesting",
            dependencies: ["EventWaiting", "LoopbackPorts", subprocess],
            path: "Tests/Support/RedisTesting"
        ),
        .target(name: "HTTPTesting", dependencies: [nioCore, nioPosix], path: "Tests/Support/HTTPTesting"),
        .testTarget(
            name: "RedisTests",
            dependencies: ["EventWaiting", "Redis", "RedisTesting", logging, nioCore, nioPosix]
        ),
        .testTarget(
            name: "TransportsTests",
            dependencies: ["Transports", "Gateway", "MCP", "RoostJSON", "Telemetry", logging, nioHTTP1]
        ),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["Telemetry", "OutboundHTTP", "RoostJSON", coreMetrics, logging]
        ),
        .testTarget(
            name: "PluginRuntimeTests",
            dependencies: [
                "EventWaiting", "HTTPTesting", "OutboundHTTP", "PluginRuntime", "CellProtocol", "CRoost",
                "RoostJSON", logging, coreMetrics, nioCore, nioPosix,
            ]
        ),
        .testTarget(
            name: "PluginInspectionTests",
            dependencies: ["MCP", "PluginInspection", "PluginRuntime", "RoostJSON", logging, subprocess]
        ),
        .testTarget(
            name: "OutboundHTTPTests",
            dependencies: [
                "EventWaiting", "HTTPTesting", "LoopbackPorts", "OutboundHTTP", nioCore, nioPosix, subprocess,
            ]
        ),
        .testTarget(
            name: "RoostKitTests",
            dependencies: ["RoostKit", "RoostTesting", "RoostJSON", "CRoost"]
        ),
        .testTarget(
            name: "EmbeddingTests",
            dependencies: ["CKernels", "Embedding", "RoostJSON", subprocess],
            exclude: ["requirements.txt", "Tokenizer/reference.py"]
        ),
        .testTarget(
            name: "EverythingTests",
            dependencies: ["EverythingServer", "RoostKit", "RoostTesting", "RoostJSON"],
            path: "Tests/PluginTests/EverythingTests"
        ),
        .testTarget(
            name: "FunctionsTests",
            dependencies: [
                "FunctionDeclarations", "FunctionsServer", "RoostKit", "RoostTesting", "RoostJSON",
            ],
            path: "Tests/PluginTests/FunctionsTests"
        ),
        .testTarget(
            name: "MemoryTests",
            dependencies: [
                "Embedding", "MemoryServer", "MCP", "RoostKit", "RoostTesting", "RoostJSON", grdb,
            ],
            path: "Tests/PluginTests/MemoryTests"
        ),
        .testTarget(
            name: "Context7Tests",
            dependencies: [
                "EventWaiting", "Context7Server", "MCP", "RoostKit", "RoostTesting", "RoostJSON", crypto,
                grdb,
                subprocess,
            ],
            path: "Tests/PluginTests/Context7Tests"
        ),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "EventWaiting", "HTTPTesting", "MCP", "Policies", "RedisTesting", "RoostJSON", nioCore,
                nioPosix, subprocess,
            ]
        ),
        .testTarget(name: "PluginProjectsTests", dependencies: ["PluginProjects", "RoostJSON"]),
        .testTarget(name: "RepositoryTests"),
        .testTarget(
            name: "WorkStoreTests",
            dependencies: [
                "EventWaiting", "Redis", "RedisTesting", "SQLiteStore", "WorkStore", logging, nioPosix,
            ]
        ),
        .testTarget(
            name: "RunPodTests",
            dependencies: [
                "EventWaiting", "Gateway", "HTTPTesting", "MCP", "ObjectStoreTesting", "OutboundHTTP",
                "RoostJSON", "RunPod", "SQLiteStore", "Telemetry", "Transports", "WorkStore", coreMetrics,
                logging,
            ]
        ),
        .executableTarget(
            name: "MeasureEmbedding",
            dependencies: ["Embedding"],
            path: "Benchmarks/Embedding"
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

/// Targets in C without settings of their own; the others in C are known by theirs.
let plainC: Set = ["CCurl", "CLinux", "CRoost", "CTemplates"]
for target in package.targets where target.type != .system && !plainC.contains(target.name) {
    guard target.cSettings == nil, target.cxxSettings == nil else { continue }
    target.swiftSettings = strict
}
