/// What a program asked about one picture, and what it was answered.
public struct StoredPrediction: Hashable, Sendable, Identifiable {
  public let id: Identifier<StoredPrediction>
  public let project: ProjectID
  public let iteration: IterationID
  public let content: ContentHash
  /// Pixels across and down, upright.
  public let width: Int
  public let height: Int
  /// Seconds since 1970.
  public let created: Double
  /// What the program called itself; empty where it did not.
  public let application: String
  /// In the order of the iteration's classes, 0…1.
  public let probabilities: [Float]
  /// The entropy of the answer in nats: 0 where it was certain.
  public let uncertainty: Double

  public init(
    id: Identifier<StoredPrediction>, project: ProjectID, iteration: IterationID,
    content: ContentHash, width: Int, height: Int, created: Double, application: String,
    probabilities: [Float], uncertainty: Double
  ) {
    self.id = id
    self.project = project
    self.iteration = iteration
    self.content = content
    self.width = width
    self.height = height
    self.created = created
    self.application = application
    self.probabilities = probabilities
    self.uncertainty = uncertainty
  }
}

public typealias PredictionID = Identifier<StoredPrediction>

/// Which stored predictions of a project are meant, and in which order.
public struct PredictionQuery: Hashable, Sendable {
  public var order: PredictionOrder
  /// All of them must hold.
  public var tags: [TagRange] = []
  public var iteration: IterationID?
  /// Seconds since 1970; `nil` for no bound. Both bounds are among what is meant.
  public var earliest: Double?
  public var latest: Double?
  /// What the program called itself.
  public var application: String?
  /// Predictions that came later than that of this number are left out: a list that is read in pages
  /// does not grow meanwhile.
  public var newest: Int64?
  /// Begins after this place.
  public var after: PredictionPlace?
  public var limit: Int

  public init(_ order: PredictionOrder, limit: Int) {
    self.order = order
    self.limit = limit
  }

  /// A tag whose probability lies between two bounds, both included.
  public struct TagRange: Hashable, Sendable {
    public let tag: TagID
    public let range: ClosedRange<Float>

    public init(_ tag: TagID, _ range: ClosedRange<Float>) {
      self.tag = tag
      self.range = range
    }
  }
}

public enum PredictionOrder: String, Hashable, Sendable, CaseIterable {
  case newest, oldest
  /// Those that would teach most first: the most uncertain.
  case instructive
}

/// A place in a list of stored predictions, which stays where it is when others are deleted.
public struct PredictionPlace: Hashable, Sendable, LosslessStringConvertible {
  public let number: Int64
  public let uncertainty: Double

  public init(number: Int64, uncertainty: Double) {
    self.number = number
    self.uncertainty = uncertainty
  }

  public init?(_ description: String) {
    let halves = description.split(separator: "/")
    guard halves.count == 2, let number = Int64(halves[0]), let uncertainty = Double(halves[1]),
      uncertainty.isFinite
    else { return nil }
    self.init(number: number, uncertainty: uncertainty)
  }

  public var description: String { "\(number)/\(uncertainty)" }
}

/// A part of a list of stored predictions.
public struct PredictionPage: Hashable, Sendable {
  public let predictions: [StoredPrediction]
  /// Where the next page begins; `nil` when this is the last.
  public let next: PredictionPlace?
  /// What `PredictionQuery.newest` is for the next page.
  public let newest: Int64

  public init(predictions: [StoredPrediction], next: PredictionPlace?, newest: Int64) {
    self.predictions = predictions
    self.next = next
    self.newest = newest
  }
}
