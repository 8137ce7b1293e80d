public import Dataset

/// What a list of images to go through is about.
public enum ReviewKind: Hashable, Sendable {
  /// Every tagged image, the most suspicious tag first.
  case suspects
  /// Untagged images with what they probably should bear, the most probable first.
  case suggestions
  /// Untagged images in the order in which tagging them teaches most.
  case queue
  /// The images that are most like one, of this name.
  case neighbours(of: ImageID, name: String)
  /// Groups of images that are nearly the same, those with different tags first.
  case nearDuplicates
  /// Images whose out-of-fold prediction became right or wrong from one iteration to another, wrong ones
  /// first; `nil` is the iteration in use, and the one before the other.
  case changes(from: IterationID?, to: IterationID?)
  /// Pictures that programs asked about, which have just become images of the project.
  case asked
}

/// A list of images to go through, in an order of its own, as it was when it was asked for.
public struct ReviewList: Equatable, Sendable {
  /// One image of it.
  public struct Line: Equatable, Sendable {
    public let image: ImageID
    /// Why it stands here, in words.
    public let reason: String
    /// The images that belong together share one; `nil` in lists without groups.
    public let group: Int?
    /// What its near-duplicates speak for, whatever is predicted of it.
    public let corrections: [LabelOperation]

    public init(
      image: ImageID, reason: String, group: Int? = nil, corrections: [LabelOperation] = []
    ) {
      self.image = image
      self.reason = reason
      self.group = group
      self.corrections = corrections
    }
  }

  public let kind: ReviewKind
  public let lines: [Line]
  /// What is to be said of the list as a whole.
  public let summary: String?
  private let indexOfImage: [ImageID: Int]

  /// - Parameter lines: No image twice.
  public init(kind: ReviewKind, lines: [Line], summary: String? = nil) {
    self.kind = kind
    self.lines = lines
    self.summary = summary
    indexOfImage = Dictionary(uniqueKeysWithValues: zip(lines.map(\.image), lines.indices))
  }

  public func line(of image: ImageID) -> Line? { indexOfImage[image].map { lines[$0] } }
}

/// A list being gone through.
public struct ReviewState: Equatable, Sendable {
  public let list: ReviewList
  /// The images about which a person has decided since the list was made. They stay where they are,
  /// so that nothing moves under the cursor.
  public internal(set) var handled: Set<ImageID> = []
  /// The images that were removed since then.
  var removed: Set<ImageID> = []
  /// What speaks for and against the tag of the image under the cursor.
  public internal(set) var evidence: Evidence?
}

/// The images that are most like one and were tagged alike, and otherwise.
public struct Evidence: Equatable, Sendable {
  public let image: ImageID
  /// `nil` until they are there, and where there is none.
  public let agreeing: Image?
  public let disagreeing: Image?

  public init(image: ImageID, agreeing: Image? = nil, disagreeing: Image? = nil) {
    self.image = image
    self.agreeing = agreeing
    self.disagreeing = disagreeing
  }
}
