// swift-tools-version: 6.1
import PackageDescription

// The fuzzing harness: a package of its own, so that nothing of it is in the default build. Its modules
// are links to those of the parent; only what needs no other package is left out of them.

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func shim(_ name: String, linking libraries: [String]) -> Target {
  .target(name: name, linkerSettings: libraries.map { .linkedLibrary($0) })
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
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0")
  ],
  targets: [
    shim("CTurboJPEG", linking: ["turbojpeg"]),
    shim("CPNG", linking: ["png16"]),
    shim("CWebP", linking: ["webp", "webpdemux"]),
    shim("CHeif", linking: ["dl"]),
    shim("CResampling", linking: []),
    shim("CZlib", linking: ["z"]),
    module(
      "Imaging", ["CTurboJPEG", "CPNG", "CWebP", "CHeif", "CResampling"],
      exclude: ["ContentDigest.swift"]),
    module(
      "ONNXGraph", [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["onnx.proto"]),
    module("Backbones", ["ONNXGraph"]),
    module("Setup", ["Backbones", "ONNXGraph", "CZlib"]),
    // libFuzzer brings the entry point.
    .executableTarget(
      name: "Fuzz", dependencies: ["Imaging", "Backbones", "ONNXGraph", "Setup", "CZlib"],
      swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
