public import Dataset

/// All that is kept of an iteration, written once and never changed.
public struct IterationRecord: Sendable {
  public var iteration: Iteration
  /// The cache key of the embeddings that it was trained on.
  public var recipe: String
  public var seed: UInt64
  /// Training settings as JSON.
  public var settings: String
  /// Out-of-fold metrics at the default threshold, as JSON.
  public var metrics: String
  /// The encoded head; its first bytes tell its kind and version.
  public var head: [UInt8]
  /// The tags in the order of the head's outputs, as they were named then.
  public var classes: [Tag]
  public var rows: [IterationRow]

  public init(
    iteration: Iteration, recipe: String, seed: UInt64, settings: String, metrics: String,
    head: [UInt8], classes: [Tag], rows: [IterationRow]
  ) {
    self.iteration = iteration
    self.recipe = recipe
    self.seed = seed
    self.settings = settings
    self.metrics = metrics
    self.head = head
    self.classes = classes
    self.rows = rows
  }
}

/// One image that an iteration was trained on, judged by a head that never saw it.
public struct IterationRow: Hashable, Sendable {
  public let image: ImageID
  /// Indices into the iteration's classes; empty for a negative picture of a multilabel project.
  public let given: [Int]
  /// Near-duplicates share one.
  public let group: Int
  /// `nil` when the image could not be held out.
  public let fold: Int?
  /// Calibrated out-of-fold probabilities, one a class; `nil` when unknown.
  public let probabilities: [Float]?

  public init(image: ImageID, given: [Int], group: Int, fold: Int?, probabilities: [Float]?) {
    self.image = image
    self.given = given
    self.group = group
    self.fold = fold
    self.probabilities = probabilities
  }
}
