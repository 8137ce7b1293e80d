public import Backbones
public import Foundation

import ONNXGraph

/// The encoders that this user has added, each in a folder of its name.
///
/// An encoder appears in one step, by renaming, after it has proved that it can embed.
public struct EncoderFolder: Sendable {
  public let folder: URL
  private let digest: @Sendable ([UInt8]) -> [UInt8]

  /// - Parameter digest: Computes SHA-256.
  public init(folder: URL, digest: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    self.folder = folder
    self.digest = digest
  }

  private static let temporaryPrefix = ".incoming-"

  /// A larger file could not be written as one message of the format.
  public static let modelByteLimit = 2_000_000_000

  /// Every encoder by name, those that are damaged among them.
  public func encoders() -> [InstalledEncoder] {
    names.compactMap { InstalledEncoder(in: folder.appendingPathComponent($0)) }
  }

  /// A folder that is not there, or cannot be listed, has no encoders to offer.
  private var names: [String] {
    ((try? Files.names(in: folder)) ?? []).filter(EncoderSpecification.isName).sorted()
  }

  /// Returns an encoder that can be used.
  ///
  /// - Throws: `.encoderMissing`, `.encoderDamaged`.
  public func encoder(named name: String) throws(SetupError) -> InstalledEncoder {
    guard EncoderSpecification.isName(name), names.contains(name) else {
      throw .encoderMissing(name: name, known: names)
    }
    let place = folder.appendingPathComponent(name)
    guard let encoder = InstalledEncoder(in: place), encoder.name == name, encoder.isPresent else {
      throw .encoderDamaged(name: name, path: place.path)
    }
    return encoder
  }

  /// Builds an encoder's graph, tries it on pictures, and puts it in place.
  ///
  /// - Parameters:
  ///   - model: The ONNX file that the description names.
  ///   - outputShape: Runs a graph once and returns the shape of `EncoderGraph.outputName`.
  ///   - embed: Embeds a picture with an encoder that is not in place yet.
  /// - Returns: The encoder, and whether it is new: the same one may be added again.
  /// - Throws: `EncoderError`, `ONNXGraphError`; `.encoderDiffers`, `.encoderUnfit`,
  ///   `.modelTooLarge`, `.fileFailed`, `.diskFull`; what the closures throw.
  public func add(
    _ specification: EncoderSpecification, model: URL,
    outputShape: (URL) throws -> [Int],
    embed: (InstalledEncoder, ProofPicture) throws -> [Float]
  ) throws -> (encoder: InstalledEncoder, isNew: Bool) {
    if let byteCount = Files.byteCount(of: model), byteCount > Self.modelByteLimit {
      throw SetupError.modelTooLarge(
        path: model.path, byteCount: byteCount, limit: Self.modelByteLimit)
    }
    let bytes = [UInt8](try Files.read(model))
    let graph = try EncoderGraph(
      specification, network: try ONNXNetwork(bytes: bytes, output: specification.output))
    let workshop = folder.appendingPathComponent(Self.temporaryPrefix + UUID().uuidString)
    // Whatever is left of it if it cannot be removed now has a name that no encoder has.
    defer { try? Files.remove(workshop) }
    let probe = workshop.appendingPathComponent("probe.onnx")
    try Files.write(try graph.probe(), to: probe)
    let finished = try graph.graph(outputShape: try outputShape(probe))
    let made = InstalledEncoder(
      manifest: InstalledEncoder.Manifest(
        specification: specification, dimension: finished.dimension,
        modelSHA256: hexadecimal(digest(bytes)), modelByteCount: bytes.count,
        graphSHA256: hexadecimal(digest(finished.bytes)),
        graphByteCount: finished.bytes.count),
      folder: workshop.appendingPathComponent("encoder"))
    if let known = InstalledEncoder(in: place(of: made)),
      Files.has(known.manifest.graphSHA256, at: known.graph, digest: digest)
    {
      guard known.manifest.graphSHA256 == made.manifest.graphSHA256 else {
        throw SetupError.encoderDiffers(name: made.name)
      }
      return (known, false)
    }
    try Files.write(finished.bytes, to: made.graph)
    if let fault = try Self.fault(of: made, embed) {
      throw SetupError.encoderUnfit(name: made.name, fault)
    }
    try made.writeManifest()
    // A damaged one of this name makes room.
    if FileManager.default.fileExists(atPath: place(of: made).path) {
      try Files.rename(place(of: made), to: workshop.appendingPathComponent("replaced"))
    }
    try Files.rename(made.folder, to: place(of: made))
    return (InstalledEncoder(manifest: made.manifest, folder: place(of: made)), true)
  }

  private func place(of encoder: InstalledEncoder) -> URL {
    folder.appendingPathComponent(encoder.name)
  }

  /// - Throws: `.encoderMissing`, `.fileFailed`.
  public func remove(_ name: String) throws(SetupError) {
    guard EncoderSpecification.isName(name), names.contains(name) else {
      throw .encoderMissing(name: name, known: names)
    }
    // Out of sight in one step; what stays if that is interrupted has a name that no encoder has.
    let hidden = folder.appendingPathComponent(Self.temporaryPrefix + UUID().uuidString)
    try Files.rename(folder.appendingPathComponent(name), to: hidden)
    try Files.remove(hidden)
  }

  // MARK: - Trial

  /// The cosine above which two embeddings are one: pictures of disc and stripes share nothing.
  private static let blindCosine = 0.99999

  private static func fault(
    of encoder: InstalledEncoder, _ embed: (InstalledEncoder, ProofPicture) throws -> [Float]
  ) throws -> EncoderFault? {
    let disc = try embed(encoder, .disc)
    let stripes = try embed(encoder, .stripes)
    for embedding in [disc, stripes] {
      if !embedding.allSatisfy(\.isFinite) { return .notFinite }
      if embedding.allSatisfy({ $0 == 0 }) { return .allZero }
    }
    if SetupProof.cosine(disc, stripes) > blindCosine { return .blind }
    return try embed(encoder, .disc) == disc ? nil : .unsteady
  }

  // MARK: - Diagnosis

  /// Looks at every encoder, reading all of its graph.
  public func diagnosis() -> [ComponentReport] {
    names.map { name in
      let place = folder.appendingPathComponent(name)
      return ComponentReport(
        component: .encoder(name), path: place.path, state: state(in: place))
    }
  }

  private func state(in place: URL) -> ComponentReport.State {
    guard let encoder = InstalledEncoder(in: place) else {
      return .missing([InstalledEncoder.manifestFile(in: place).path])
    }
    // A file that cannot be read is as good as gone.
    guard let data = try? Files.read(encoder.graph) else { return .missing([encoder.graph.path]) }
    guard hexadecimal(digest([UInt8](data))) == encoder.manifest.graphSHA256 else {
      return .altered([encoder.graph.path])
    }
    return .inPlace(byteCount: encoder.manifest.graphByteCount)
  }
}
