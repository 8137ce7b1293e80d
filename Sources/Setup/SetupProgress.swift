/// How far set-up is.
public struct SetupProgress: Equatable, Sendable {
  public enum Stage: Equatable, Sendable {
    /// Another process sets up the same runtime.
    case waiting
    case fetching(package: String)
    case verifying(package: String)
    case unpacking(package: String)
    case converting(graph: String)
    case proving(recipe: String)
  }

  public let stage: Stage
  /// Bytes of this stage that are done.
  public let doneByteCount: Int
  /// Bytes of this stage in all; 0 where they are not counted.
  public let totalByteCount: Int

  public init(stage: Stage, doneByteCount: Int = 0, totalByteCount: Int = 0) {
    self.stage = stage
    self.doneByteCount = doneByteCount
    self.totalByteCount = totalByteCount
  }
}
