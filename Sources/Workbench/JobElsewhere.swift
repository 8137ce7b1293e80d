/// A job that another process runs on the project.
public struct JobElsewhere: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case importing, embedding, training
  }

  public let kind: Kind
  public let doneCount: Int
  /// Files, pictures, or hundredths of a training; 0 while that is not known.
  public let totalCount: Int

  public init(kind: Kind, doneCount: Int, totalCount: Int) {
    self.kind = kind
    self.doneCount = doneCount
    self.totalCount = totalCount
  }
}
