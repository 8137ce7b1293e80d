import Foundation

/// What a finished runtime consists of, as noted when it was set up.
struct RuntimeManifest: Codable, Equatable {
  struct File: Codable, Equatable {
    let path: String
    let byteCount: Int
    /// SHA-256 as lower-case hexadecimal digits.
    let sha256: String

    /// Whether the file has the bytes that were noted; one that cannot be read has not.
    func isWhole(in layout: RuntimeLayout, digest: ([UInt8]) -> [UInt8]) -> Bool {
      Files.has(sha256, at: layout.folder.appendingPathComponent(path), digest: digest)
    }
  }

  let version: String
  let files: [File]

  /// Lists every file below a folder, in order of path.
  init(
    version: String, folder: URL, digest: ([UInt8]) -> [UInt8]
  ) throws {
    let enumerator = FileManager.default.enumerator(atPath: folder.path)
    let paths = (enumerator?.compactMap { $0 as? String } ?? []).sorted()
    self.version = version
    files = try paths.compactMap { path in
      let file = folder.appendingPathComponent(path)
      guard Files.byteCount(of: file) != nil else { return nil }
      let bytes = [UInt8](try Files.read(file))
      return File(path: path, byteCount: bytes.count, sha256: hexadecimal(digest(bytes)))
    }
  }

  /// Reads a runtime's manifest; `nil` where there is none that can be read.
  init?(of layout: RuntimeLayout) {
    // A manifest that is missing or damaged means the same: the runtime is to be made anew.
    guard let data = try? Data(contentsOf: layout.manifest),
      let manifest = try? JSONDecoder().decode(Self.self, from: data)
    else { return nil }
    self = manifest
  }

  func write(to layout: RuntimeLayout) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Files.write(try encoder.encode(self), to: layout.manifest)
  }

  /// Whether every file is there in its full size; reads no contents, so it takes no time.
  func isPresent(in layout: RuntimeLayout) -> Bool {
    files.allSatisfy {
      Files.byteCount(of: layout.folder.appendingPathComponent($0.path)) == $0.byteCount
    }
  }

  /// Whether every file is there with the bytes that set-up put there; reads all of them.
  func isWhole(in layout: RuntimeLayout, digest: ([UInt8]) -> [UInt8]) -> Bool {
    isPresent(in: layout) && files.allSatisfy { $0.isWhole(in: layout, digest: digest) }
  }
}

/// Lower-case hexadecimal digits, two a byte.
func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef")
  return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
