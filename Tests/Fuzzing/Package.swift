// swift-tools-version: 6.1
import PackageDescription

// The fuzzing harness: a package of its own, so that nothing of it is in the default build. Its modules
// are links to those of the parent.

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func shim(
  _ name: String, _ dependencies: [Target.Dependency] = [], linking libraries: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, linkerSettings: libraries.map { .linkedLibrary($0) })
}

func module(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

let package = Package(
  name: "Fuzzing",
  products: [.executable(name: "Fuzz", targets: ["Fuzz"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    shim("CDynamicLibrary", linking: ["dl"]),
    shim("CTurboJPEG", linking: ["turbojpeg"]),
    shim("CPNG", linking: ["png16"]),
    shim("CWebP", linking: ["webp", "webpdemux"]),
    shim("CHeif", ["CDynamicLibrary"]),
    shim("CResampling"),
    shim("CZlib", linking: ["z"]),
    shim("CBLAS", ["CDynamicLibrary"]),
    shim("CFileSystem"),
    module(
      "Imaging",
      [
        "CTurboJPEG", "CPNG", "CWebP", "CHeif", "CResampling",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    module(
      "ONNXGraph", [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["onnx.proto"]),
    module("Backbones", ["ONNXGraph"]),
    module("Setup", ["Backbones", "ONNXGraph", "CZlib"]),
    module("Dataset", []),
    module("WorkThreads", []),
    module("Matrices", ["CBLAS"]),
    module("Evaluation", ["Matrices"]),
    module("Learning", ["Matrices", "Evaluation"]),
    module("Judging", ["Matrices", "Evaluation"]),
    module("Embeddings", ["Imaging"]),
    module("ModelExport", ["ONNXGraph", "Embeddings", "Learning", "Matrices"]),
    module("ProjectStore", ["Dataset", .product(name: "GRDB", package: "GRDB.swift")]),
    module(
      "ProjectLibrary",
      [
        "CFileSystem", "ProjectStore", "Learning", "Judging", "Embeddings", "Imaging", "Evaluation",
        "Matrices", "ModelExport", "Dataset", "WorkThreads",
      ]),
    // libFuzzer brings the entry point.
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Imaging", "Backbones", "ONNXGraph", "Setup", "CZlib", "Dataset", "ProjectLibrary",
        "ProjectStore",
      ],
      swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
