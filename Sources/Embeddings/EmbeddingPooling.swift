/// How a recipe makes an embedding of its networks' feature maps.
///
/// Networks stand side by side. Each gives some maps of every view that it sees; of these it makes
/// blocks, one number for each channel of a map, brings each block to length 1, weights it and joins
/// them. Its views are averaged without normalising again.
public struct EmbeddingPooling: Hashable, Sendable {
  /// What a block holds of a channel.
  public enum Statistic: Sendable {
    /// The mean over positions.
    case mean
    /// The root of the mean; only for maps without negative values.
    case rootOfMean
    /// The root of the standard deviation over positions, √√max(mean of squares − mean², 0).
    case rootOfDeviation
  }

  public struct Block: Hashable, Sendable {
    /// The network's map that is pooled.
    public let map: Int
    public let channelCount: Int
    public let statistic: Statistic
    /// The length of the finished block.
    public let weight: Float

    public init(map: Int, channelCount: Int, statistic: Statistic, weight: Float) {
      self.map = map
      self.channelCount = channelCount
      self.statistic = statistic
      self.weight = weight
    }
  }

  public struct Network: Hashable, Sendable {
    /// How many of the recipe's views it sees, after those of the networks before it.
    public let viewCount: Int
    public let blocks: [Block]

    public init(viewCount: Int, blocks: [Block]) {
      self.viewCount = viewCount
      self.blocks = blocks
    }

    /// The channels of each map that it gives of a view.
    public var channelCounts: [Int] {
      var counts: [Int: Int] = [:]
      for block in blocks { counts[block.map] = block.channelCount }
      return counts.sorted { $0.key < $1.key }.map(\.value)
    }
    /// Its share of an embedding.
    public var dimension: Int { blocks.reduce(0) { $0 + $1.channelCount } }
  }

  public let networks: [Network]

  public init(networks: [Network]) { self.networks = networks }

  static let compact = EmbeddingPooling(networks: [.efficientNetLite(stages: (112, 192))])
  static let general = EmbeddingPooling(
    networks: compact.networks + [.efficientNetLite(stages: (120, 208))])

  /// The network that sees a view.
  ///
  /// - Parameter view: Counted through all inputs of the recipe.
  public func network(ofView view: Int) -> Network {
    var last = 0
    for network in networks {
      last += network.viewCount
      if view < last { return network }
    }
    preconditionFailure("view \(view) of \(last)")
  }
}

extension EmbeddingPooling.Network {
  /// The head's map twice, then those of the fifth and the sixth stage.
  ///
  /// - Parameter stages: The channels of these two.
  static func efficientNetLite(stages: (Int, Int)) -> Self {
    Self(
      viewCount: 2,
      blocks: [
        EmbeddingPooling.Block(map: 0, channelCount: 1280, statistic: .rootOfMean, weight: 1),
        EmbeddingPooling.Block(
          map: 0, channelCount: 1280, statistic: .rootOfDeviation, weight: 0.7),
        EmbeddingPooling.Block(
          map: 1, channelCount: stages.0, statistic: .mean, weight: 0.4),
        EmbeddingPooling.Block(
          map: 2, channelCount: stages.1, statistic: .mean, weight: 0.4),
      ])
  }
}
