// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .enableUpcomingFeature("InternalImportsByDefault"),
]
/// For the targets that work through much sound or text: fast in debug builds too.
let swiftFast = swift + [.unsafeFlags(["-O"], .when(configuration: .debug))]
/// Makes the texts of a target's folder (or of `Styleguides/`) part of the program.
let embedded: [Target.PluginUsage] = [.plugin(name: "EmbedTexts")]
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let library = [
  "PeciaCore", "PeciaAudio", "PeciaStore", "PeciaStyle", "PeciaStitch", "PeciaCaptions",
]
.map { Target.Dependency.byName(name: $0) }

/// A library's tests: they mirror `Sources/<name>/`; `Golden` holds the texts that they expect.
func tests(
  of name: String, _ more: [Target.Dependency] = [], golden: Bool = false
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: Set([name, "PeciaCore", "Support"]).sorted().map { .byName(name: $0) } + more,
    exclude: golden ? ["Golden"] : [],
    swiftSettings: swift)
}

let package = Package(
  name: "pecia",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "pecia", targets: ["pecia"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CSndfile", pkgConfig: "sndfile",
      providers: [.apt(["libsndfile1-dev"]), .brew(["libsndfile"])]),
    .target(name: "PeciaCore", swiftSettings: swiftFast),
    .target(
      name: "PeciaAudio",
      dependencies: [
        "PeciaCore", "CSndfile", .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["Tables"], swiftSettings: swiftFast, plugins: embedded),
    .target(
      name: "PeciaStore",
      dependencies: ["PeciaCore", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: swift),
    .target(
      name: "PeciaStyle",
      dependencies: ["PeciaCore", "Yams"], swiftSettings: swiftFast, plugins: embedded),
    .target(
      name: "PeciaStitch", dependencies: ["PeciaCore"],
      exclude: ["Tables"], swiftSettings: swiftFast, plugins: embedded),
    .target(
      name: "PeciaCaptions", dependencies: ["PeciaCore", "Yams"],
      exclude: ["Profiles", "Pages"], swiftSettings: swiftFast, plugins: embedded),
    .target(name: "PeciaWorkflow", dependencies: library, swiftSettings: swift),
    .target(
      name: "PeciaPlayer", dependencies: ["PeciaCore", "PeciaWorkflow"], swiftSettings: swift),
    .executableTarget(
      name: "pecia", dependencies: ["PeciaCore", "PeciaWorkflow", "PeciaPlayer", arguments],
      swiftSettings: swift),
    .executableTarget(
      name: "pecia-bench",
      dependencies: library + [
        "PeciaWorkflow", "Simulation", arguments,
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "pecia-train",
      dependencies: ["PeciaCore", "PeciaAudio", "PeciaStitch", "Simulation", arguments],
      swiftSettings: swiftFast),
    .executableTarget(name: "embed", swiftSettings: swift),
    .plugin(
      name: "EmbedTexts", capability: .buildTool(), dependencies: ["embed"],
      path: "Sources/EmbedTexts"),
    .target(
      name: "Support", dependencies: ["PeciaCore", "PeciaStore"], path: "Tests/Support",
      swiftSettings: swift),
    .target(
      name: "Simulation", dependencies: ["PeciaCore", "PeciaAudio", "PeciaStitch"],
      path: "Tests/Simulation", swiftSettings: swiftFast),
    tests(of: "PeciaCore"),
    tests(of: "PeciaAudio", ["CSndfile", "Simulation"]),
    tests(
      of: "PeciaStore",
      [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    tests(of: "PeciaStyle"),
    tests(of: "PeciaStitch", ["Simulation"]),
    tests(of: "PeciaCaptions", golden: true),
    tests(
      of: "PeciaWorkflow",
      Array(library.dropFirst()) + [.product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "PeciaPlayer", ["PeciaWorkflow"], golden: true),
    tests(of: "pecia", ["PeciaAudio", "PeciaWorkflow", "PeciaStore"]),
    tests(of: "pecia-train", ["PeciaAudio"]),
  ]
)
