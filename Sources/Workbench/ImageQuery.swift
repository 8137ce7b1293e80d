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
  public let filter: ImageFilter
  public let place: Place

  public init(id: QueryID, filter: ImageFilter, place: Place) {
    self.id = id
    self.filter = filter
    self.place = place
  }
}

/// The answer to an `ImageQuery`: a run of rows out of a list that may be far longer.
public struct ImageWindow: Equatable, Sendable {
  public let query: QueryID
  /// How many images pass the filter.
  public let matchCount: Int
  /// Where the first of `rows` stands in the list, from 0.
  public let start: Int
  /// The images as they are stored, in the order of the list.
  public let rows: [Image]
  /// For `ImageQuery.Place.around`: how many of the images that pass the filter come before the one
  /// asked for; `nil` when the project does not know it, and for other questions.
  public let anchorRow: Int?

  public init(
    query: QueryID, matchCount: Int, start: Int, rows: [Image], anchorRow: Int? = nil
  ) {
    self.query = query
    self.matchCount = matchCount
    self.start = start
    self.rows = rows
    self.anchorRow = anchorRow
  }
}
