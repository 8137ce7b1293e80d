import Foundation

@testable import Setup

/// A plan of two tiny packages, with a digest that is quick and no SHA-256.
enum TinyPackages {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/packages")
  static let tinyFile = "tiny-1.0-py3-none-any.whl"
  static let otherFile = "other-2.0-py3-none-any.whl"

  /// Thirty-two bytes that depend on every byte and its place.
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return (0..<32).map { UInt8(truncatingIfNeeded: state >> (UInt64($0) % 8 * 8)) }
  }

  static let proof = SetupProof(recipe: "tiny", picture: .disc, embedding: [1, 2, 3])

  static func plan(proofs: [SetupProof] = [proof]) throws -> SetupPlan {
    SetupPlan(
      version: "tiny-1",
      packages: [
        try package(
          "tiny", "1.0", tinyFile,
          [
            ("tiny/text.txt", "lib/text.txt"), ("tiny/stored.bin", "lib/stored.bin"),
            ("tiny-1.0.dist-info/LICENSE", "licences/tiny/LICENSE"),
          ]),
        try package("other", "2.0", otherFile, [("other/data.txt", "weights/data.txt")]),
      ],
      graphs: [], proofs: proofs)
  }

  private static func package(
    _ name: String, _ version: String, _ file: String, _ members: [(String, String)]
  ) throws -> PinnedPackage {
    let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
    return PinnedPackage(
      name: name, version: version, fileName: file, byteCount: bytes.count,
      sha256: hexadecimal(digest(bytes)),
      members: members.map { PinnedPackage.Member(path: $0.0, place: $0.1) })
  }

  static func location(in home: URL) -> RuntimeLocation {
    RuntimeLocation(environment: [:], home: home)
  }

  static func setup(
    in home: URL, plan: SetupPlan? = nil, python: String = "python3"
  ) throws -> RuntimeSetup {
    RuntimeSetup(
      plan: try plan ?? self.plan(), location: location(in: home), python: python,
      digest: digest)
  }
}

/// Makes a folder, and removes it after the work.
func withFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("tagbench-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  // What cannot be removed stays in the system's folder for such things.
  defer { try? FileManager.default.removeItem(at: folder) }
  return try work(folder)
}
