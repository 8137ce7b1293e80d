public import Dataset

/// A question for some rows of the image list.
public struct ImageQuery: Hashable, Sendable {
  /// Where the rows lie.
  public enum Place: Hashable, Sendable {
    /// These rows of the list, as many of them as there are.
    case rows(Range<Int>)
    /// `count` rows about the place of an image: where it stands, or would stand if it passed the
    /// filter. It stood at `row` when the question was asked.
    case around(ImageID, row: Int, count: Int)
  }

  public let id: QueryID
  public let selection: ImageSelection
  public let place: Place

  public init(id: QueryID, selection: ImageSelection, place: Place) {
    self.id = id
    self.selection = selection
    self.place = place
  }
}

/// The answer to an `ImageQuery`: a run of rows out of a list that may be far longer.
public struct ImageWindow: Equatable, Sendable {
  public let query: QueryID
  /// How many images are meant.
  public let matchCount: Int
  /// Where the first of `rows` stands in the list, from 0.
  public let start: Int
  /// The images as they are stored, in the order of the list.
  public let rows: [Image]
  /// What the iteration in use predicts of those rows that it judged out of fold.
  public let judgements: [ImageID: Judgement]
  /// For `ImageQuery.Place.around`: where the one asked for stands, or how many come before its
  /// place; `nil` where that cannot be told, and for other questions.
  public let anchorRow: Int?

  public init(
    query: QueryID, matchCount: Int, start: Int, rows: [Image],
    judgements: [ImageID: Judgement] = [:], anchorRow: Int? = nil
  ) {
    self.query = query
    self.matchCount = matchCount
    self.start = start
    self.rows = rows
    self.judgements = judgements
    self.anchorRow = anchorRow
  }
}
