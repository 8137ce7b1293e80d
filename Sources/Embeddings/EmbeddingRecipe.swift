/// What a network computes in.
public enum Precision: String, Sendable, CaseIterable {
  /// 32 bits: the same numbers on every processor, up to rounding.
  case f32
  /// 16 bits with the range of 32.
  case bf16
  /// 16 bits.
  case f16
}

/// How embeddings are made: backbones, views and blocks, under a version.
///
/// Embeddings of different recipes must never meet in one head; the cache keys them by `cacheKey`.
public struct EmbeddingRecipe: Hashable, Sendable {
  /// `compact`, `general`, or `encoder:` and the name of an encoder that a person added.
  public let name: String
  /// Rises whenever the same picture would give other numbers.
  public let version: Int
  /// How many numbers an embedding has.
  public let dimension: Int
  /// What the recipe's graph takes, in the order of its inputs.
  public let inputs: [EmbeddingInput]
  /// Name of the graph's output, a vector of `dimension` 32-bit floats.
  public let output: String
  /// Tells graphs of one name apart that people made: a digest of the graph's bytes.
  public let digest: String?
  public let precision: Precision
  /// Whether pictures are resized to a square first, as programs do that know one input.
  public let seesSquares: Bool
  /// How the graph pools its networks' maps; `nil` where that is not known, as with networks of people.
  public let pooling: EmbeddingPooling?

  public init(
    name: String, version: Int, dimension: Int, inputs: [EmbeddingInput],
    output: String = "embedding", digest: String? = nil, precision: Precision = .f32,
    seesSquares: Bool = false, pooling: EmbeddingPooling? = nil
  ) {
    self.name = name
    self.version = version
    self.dimension = dimension
    self.inputs = inputs
    self.output = output
    self.digest = digest
    self.precision = precision
    self.seesSquares = seesSquares
    self.pooling = pooling
  }

  /// The same recipe, computed in another precision.
  public func computed(in precision: Precision) -> EmbeddingRecipe {
    EmbeddingRecipe(
      name: name, version: version, dimension: dimension, inputs: inputs, output: output,
      digest: digest, precision: precision, seesSquares: seesSquares, pooling: pooling)
  }

  /// The same recipe for pictures that are resized to a square of `squareSide` first.
  public var ofSquares: EmbeddingRecipe {
    EmbeddingRecipe(
      name: name, version: version, dimension: dimension, inputs: inputs, output: output,
      digest: digest, precision: precision, seesSquares: true, pooling: pooling)
  }

  /// The smallest square that every view can be cut from without growing.
  public var squareSide: Int {
    inputs.map { $0.views.contains(.centred) ? EmbeddingView.shortSide(of: $0.side) : $0.side }
      .max() ?? 0
  }

  /// One backbone, two views: about a third of the cost of `general`.
  public static let compact = EmbeddingRecipe(
    name: "compact", version: 2, dimension: 2864,
    inputs: [
      EmbeddingInput(name: "lite0_224", side: 224, views: [.squeezed]),
      EmbeddingInput(name: "lite0_288", side: 288, views: [.centred]),
    ], pooling: .compact)

  /// Two backbones side by side, two views each.
  public static let general = EmbeddingRecipe(
    name: "general", version: 2, dimension: 5752,
    inputs: compact.inputs + [
      EmbeddingInput(name: "lite2_260", side: 260, views: [.squeezed, .centred])
    ], pooling: .general)

  /// What an embedding is stored under, beside the content of its picture: `compact/2`,
  /// `compact/2/bf16`, `encoder:mine/2/5f2a…`.
  public var cacheKey: String { cacheKey(ofVersion: version) }

  /// Whether a head may judge embeddings of this recipe that was fitted on those kept under a key.
  ///
  /// Beside the recipe's own that is version 1 of it, which decoded every picture in full: that makes
  /// less of a difference than saving a photo anew, and none below 1,316 pixels (`decodedShortSide`).
  public func suitsHead(fittedOn key: String) -> Bool {
    key == cacheKey || version == 2 && key == cacheKey(ofVersion: 1)
  }

  private func cacheKey(ofVersion version: Int) -> String {
    var parts = [name, String(version)]
    if let digest { parts.append(digest) }
    // Libraries from before there was a choice hold 32-bit embeddings.
    if precision != .f32 { parts.append(precision.rawValue) }
    if seesSquares { parts.append("square") }
    return parts.joined(separator: "/")
  }
}

/// One input of a recipe's graph: 8-bit RGB pixels of shape [views, side, side, 3].
public struct EmbeddingInput: Hashable, Sendable {
  public let name: String
  /// Pixels across and down.
  public let side: Int
  public let views: [EmbeddingView]

  public init(name: String, side: Int, views: [EmbeddingView]) {
    self.name = name
    self.side = side
    self.views = views
  }

  /// [views, side, side, 3]
  public var shape: [Int] { [views.count, side, side, 3] }
}
