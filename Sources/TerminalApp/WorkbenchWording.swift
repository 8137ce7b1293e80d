public import Dataset
public import ProjectLibrary
public import Workbench

/// How the program words what goes wrong, so that the workbench says it like the command line.
public struct WorkbenchWording: Sendable {
  /// Says what happened, to what, and what to do next.
  public let error: @Sendable (any Error) -> String
  /// Says why a file was not imported.
  public let refusal: @Sendable (Refusal) -> String

  /// Says why a picture stands on a list.
  public let reason: @Sendable ([ReviewReason]) -> String

  /// Says what an explanation shows.
  public let explanation: @Sendable (Explanation) -> String

  /// Says what would help most; `nil` where nothing is tagged.
  public let advice: @Sendable ([TagAdvice]) -> String?

  /// Says what came of one iteration after another, and whether that may be chance.
  public let comparison: @Sendable (IterationComparison) -> String

  /// Says what happened, with the names that tags and images of the project have now.
  public let history: @Sendable ([Event], Library, ProjectID) throws -> [HistoryLine]

  public init(
    error: @escaping @Sendable (any Error) -> String,
    refusal: @escaping @Sendable (Refusal) -> String,
    reason: @escaping @Sendable ([ReviewReason]) -> String,
    explanation: @escaping @Sendable (Explanation) -> String,
    advice: @escaping @Sendable ([TagAdvice]) -> String?,
    comparison: @escaping @Sendable (IterationComparison) -> String,
    history: @escaping @Sendable ([Event], Library, ProjectID) throws -> [HistoryLine]
  ) {
    self.error = error
    self.refusal = refusal
    self.reason = reason
    self.explanation = explanation
    self.advice = advice
    self.comparison = comparison
    self.history = history
  }
}
