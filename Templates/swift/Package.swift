// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "greeter",
    products: [
        .library(name: "Greeter", type: .dynamic, targets: ["Greeter"])
    ],
    dependencies: [
        // Without its traits Roost is RoostKit and RoostTesting: nothing that only the host needs is fetched.
        .package(name: "roost", path: "../..", traits: [])
    ],
    targets: [
        .target(
            name: "Greeter",
            dependencies: [.product(name: "RoostKit", package: "roost")],
            // One symbol leaves the library, so that two plugins in one host never see each other's.
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/plugin.version"])
            ]
        ),
        .testTarget(
            name: "GreeterTests",
            dependencies: [
                "Greeter",
                .product(name: "RoostKit", package: "roost"),
                .product(name: "RoostTesting", package: "roost"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
