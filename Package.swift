// swift-tools-version: 6.1
import PackageDescription

// The module graph: an arrow that is not declared here does not exist. ARCHITECTURE.md says what each
// module is for and which it may never import; `ModuleGraphTests` holds the sources against it.

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// A C library's headers, with small functions for what Swift cannot import.
func shim(
  _ name: String, _ dependencies: [Target.Dependency] = [], linking libraries: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, linkerSettings: libraries.map { .linkedLibrary($0) })
}

func program(
  _ name: String, _ dependencies: [Target.Dependency], linkerSettings: [LinkerSetting] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, swiftSettings: swiftSettings,
    linkerSettings: linkerSettings)
}

/// Swift's own libraries inside the program: it starts faster, and runs where no Swift is. Objects name
/// only the libraries that they import; what those are made of must be named here. A sanitizer has to see
/// all memory that is taken and given back, which it does not there.
let standalone: [LinkerSetting] =
  Context.environment["TAGBENCH_SANITIZED"] != nil
  ? []
  : [
    .unsafeFlags(
      ["-static-stdlib"]
        + [
          "FoundationInternationalization", "FoundationEssentials", "CoreFoundation",
          "_FoundationICU", "_FoundationCShims", "_FoundationCollections", "_CFURLSessionInterface",
          "stdc++",
        ].map { "-l\($0)" },
      .when(platforms: [.linux]))
  ]

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
  name: "tagbench",
  products: [
    .executable(name: "tagbench", targets: ["CommandLineTool"]),
    .executable(name: "sample-data-painter", targets: ["SampleData"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Values
    module("Dataset"),
    module("WorkThreads"),
    module("TerminalGrid", ["WorkThreads"]),
    shim("CDynamicLibrary", linking: ["dl"]),
    shim("CBLAS", ["CDynamicLibrary"]),
    module("Matrices", ["CBLAS"]),
    module("Evaluation", ["Matrices"]),

    // Engines
    shim("CFileSystem"),
    module("Learning", ["Matrices", "Evaluation"]),
    module("Judging", ["Matrices", "Evaluation"]),
    shim("CTurboJPEG", linking: ["turbojpeg"]),
    shim("CPNG", linking: ["png16"]),
    shim("CResampling"),
    shim("CWebP", linking: ["webp", "webpdemux"]),
    shim("CHeif", ["CDynamicLibrary"]),
    module("Imaging", ["CTurboJPEG", "CPNG", "CWebP", "CHeif", "CResampling", crypto]),
    module("Embeddings", ["Imaging"]),
    shim("COpenVINO", ["CDynamicLibrary"]),
    module("OpenVINOEmbedder", ["COpenVINO", "Embeddings", "Imaging"]),
    .target(
      name: "ONNXGraph", dependencies: [protobuf], exclude: ["onnx.proto"],
      swiftSettings: swiftSettings),
    module("Backbones", ["ONNXGraph"]),
    shim("CZlib", linking: ["z"]),
    module("Setup", ["Backbones", "ONNXGraph", "CZlib"]),
    module("ProjectStore", ["Dataset", grdb]),

    module("ModelExport", ["ONNXGraph", "Embeddings", "Learning", "Matrices"]),

    // Use cases
    module(
      "ProjectLibrary",
      [
        "CFileSystem", "ProjectStore", "Learning", "Judging", "Embeddings", "Imaging", "Evaluation",
        "Matrices", "ModelExport", "Dataset", "WorkThreads",
      ]),

    // The workbench
    shim("CNcurses", linking: ["ncursesw", "tinfo"]),
    .systemLibrary(name: "CChafa", pkgConfig: "chafa", providers: [.apt(["libchafa-dev"])]),
    module("Settings", ["Backbones", "TerminalGrid", "TOMLKit"]),
    module("Thumbnails", ["CChafa", "Imaging", "TerminalGrid"]),
    module("TerminalScreen", ["CNcurses", "TerminalGrid"]),
    module("Workbench", ["Dataset", "Evaluation"]),
    module("TerminalViews", ["Workbench", "Dataset", "Evaluation", "TerminalGrid"]),

    module(
      "TerminalApp",
      [
        "Workbench", "TerminalViews", "TerminalScreen", "TerminalGrid", "Thumbnails",
        "ProjectLibrary", "Dataset", "Evaluation", "Imaging", "WorkThreads",
      ]),

    // The web, and the server
    shim("CCurl", ["CDynamicLibrary"]),
    module("WebAccess", ["CCurl"]),
    module("CustomVisionAPI"),
    .target(
      name: "RESTServer",
      dependencies: [
        "CustomVisionAPI", "ProjectLibrary", "WebAccess", "Dataset", "Evaluation", hummingbird,
        hummingbirdCore,
        httpTypes, nioCore, logging,
      ],
      exclude: ["OPERATIONS.md"], swiftSettings: swiftSettings),

    module("ServiceMigration", ["CustomVisionAPI", "WebAccess", "ProjectLibrary", "Dataset"]),

    program(
      "CommandLineTool",
      [
        "Backbones", "ONNXGraph", "ProjectLibrary", "ProjectStore", "Dataset", "Evaluation",
        "Learning", "Imaging", "Embeddings", "OpenVINOEmbedder", "Setup", "Settings", "TerminalApp",
        "TerminalGrid", "TerminalScreen", "RESTServer", "ServiceMigration", "WebAccess",
        "Workbench",
        argumentParser,
      ], linkerSettings: standalone),

    // For developers
    program("SampleData", ["Imaging"]),
    module(
      "WorkbenchTesting",
      ["Workbench", "Dataset", "Evaluation", "Embeddings", "Imaging", "Matrices", "TerminalGrid"]),
    .executableTarget(
      name: "ScreenProbe", dependencies: ["TerminalScreen", "TerminalGrid"],
      path: "Tests/ScreenProbe", swiftSettings: swiftSettings),
    .executableTarget(
      name: "EmbeddingPace",
      dependencies: ["Embeddings", "Imaging", "OpenVINOEmbedder", "Setup"],
      path: "Tests/Benchmarks/EmbeddingPace", swiftSettings: swiftSettings),
    .executableTarget(
      name: "TrainingPace", dependencies: ["Learning", "Evaluation", "Embeddings", "Matrices"],
      path: "Tests/Benchmarks/TrainingPace", swiftSettings: swiftSettings),
    .executableTarget(
      name: "JudgingPace", dependencies: ["Judging", "Learning", "Evaluation", "Matrices"],
      path: "Tests/Benchmarks/JudgingPace", swiftSettings: swiftSettings),
    tests("ModuleGraphTests", []),
    tests("WorkThreadsTests", ["WorkThreads"]),
    tests("DatasetTests", ["Dataset", "WorkbenchTesting"]),
    tests("MatricesTests", ["Matrices"]),
    tests(
      "EvaluationTests", ["Evaluation", "Matrices", "WorkbenchTesting"], exclude: ["Fixtures"]),
    tests("LearningTests", ["Learning", "Evaluation", "Matrices"], exclude: ["Fixtures"]),
    tests("JudgingTests", ["Judging", "Evaluation", "Matrices"], exclude: ["Fixtures"]),
    tests("ImagingTests", ["Imaging", "WorkbenchTesting"], exclude: ["Fixtures"]),
    tests("ONNXGraphTests", ["ONNXGraph", "WorkbenchTesting", protobuf], exclude: ["Fixtures"]),
    tests("BackbonesTests", ["Backbones", "ONNXGraph", "WorkbenchTesting"], exclude: ["Fixtures"]),
    tests("EmbeddingsTests", ["Embeddings", "Imaging"]),
    tests(
      "OpenVINOEmbedderTests",
      ["OpenVINOEmbedder", "Embeddings", "Imaging", "Backbones", "Setup"], exclude: ["Fixtures"]),
    tests("SetupTests", ["Setup", "Backbones", "WorkbenchTesting"], exclude: ["Fixtures"]),
    tests("ProjectStoreTests", ["ProjectStore", "Dataset", "WorkbenchTesting", grdb]),
    tests(
      "ProjectLibraryTests",
      [
        "ProjectLibrary", "Dataset", "Embeddings", "Evaluation", "Imaging", "WorkbenchTesting",
        grdb,
      ]),
    tests("SettingsTests", ["Settings", "Backbones", "TerminalGrid"]),
    tests("TerminalGridTests", ["TerminalGrid", "WorkbenchTesting"], exclude: ["Fixtures"]),
    tests(
      "TerminalScreenTests",
      ["TerminalScreen", "TerminalGrid", "CNcurses", "ScreenProbe", "WorkbenchTesting"]),
    tests(
      "TerminalViewsTests",
      ["TerminalViews", "Workbench", "TerminalGrid", "Dataset", "WorkbenchTesting"],
      exclude: ["Golden"]),
    tests("ThumbnailsTests", ["Thumbnails", "TerminalGrid", "Imaging"]),
    tests("WorkbenchTests", ["Workbench", "Dataset", "WorkbenchTesting"]),
    tests(
      "TerminalAppTests",
      [
        "TerminalApp", "Workbench", "TerminalGrid", "Thumbnails", "ProjectLibrary", "Dataset",
        "Embeddings", "Evaluation", "Imaging", "WorkbenchTesting", grdb,
      ]),
    tests("WebAccessTests", ["WebAccess"]),
    tests("RESTServerTests", ["RESTServer", "CustomVisionAPI"]),
    tests("CommandLineToolTests", ["WorkbenchTesting", grdb, crypto], exclude: ["Fixtures"]),
    tests("SampleDataTests", ["SampleData", "Imaging"]),
  ],
  swiftLanguageModes: [.v6]
)
