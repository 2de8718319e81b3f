// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "greeter",
    products: [
        .library(name: "Greeter", type: .dynamic, targets: ["Greeter"])
    ],
    dependencies: [
        .package(name: "roost", path: "../..")
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
