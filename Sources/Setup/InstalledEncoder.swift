public import Backbones
public import Foundation

/// A person's encoder that was checked and can embed.
public struct InstalledEncoder: Equatable, Sendable {
  /// What was noted when it was added.
  public struct Manifest: Codable, Equatable, Sendable {
    public let specification: EncoderSpecification
    /// How many numbers an embedding has.
    public let dimension: Int
    /// The file that the person gave: SHA-256 as lower-case hexadecimal digits.
    public let modelSHA256: String
    public let modelByteCount: Int
    /// The finished graph; another for every model and every description.
    public let graphSHA256: String
    public let graphByteCount: Int
  }

  public let manifest: Manifest
  /// Holds the graph and the manifest, and nothing that is needed lies outside of it.
  public let folder: URL

  public var name: String { manifest.specification.name }
  public var graph: URL { folder.appendingPathComponent("graph.onnx") }

  static func manifestFile(in folder: URL) -> URL {
    folder.appendingPathComponent("manifest.json")
  }

  /// Whether the graph is there in its full size; reads no contents.
  var isPresent: Bool { Files.byteCount(of: graph) == manifest.graphByteCount }

  init(manifest: Manifest, folder: URL) {
    self.manifest = manifest
    self.folder = folder
  }

  /// Reads what is installed in a folder; `nil` where nothing can be read.
  init?(in folder: URL) {
    // A manifest that is missing or damaged means the same: the encoder is to be added again.
    guard let data = try? Data(contentsOf: Self.manifestFile(in: folder)),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
    else { return nil }
    self.init(manifest: manifest, folder: folder)
  }

  func writeManifest() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Files.write(try encoder.encode(manifest), to: Self.manifestFile(in: folder))
  }
}

/// How an encoder failed its trial.
public enum EncoderFault: Equatable, Sendable {
  /// A number that is none, or infinite.
  case notFinite
  /// Nothing but zeros.
  case allZero
  /// Pictures that have nothing in common get the same embedding.
  case blind
  /// One picture gets different embeddings.
  case unsteady
}
