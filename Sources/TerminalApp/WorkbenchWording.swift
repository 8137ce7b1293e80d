public import ProjectLibrary

/// How the program words what goes wrong, so that the workbench says it like the command line.
public struct WorkbenchWording: Sendable {
  /// Says what happened, to what, and what to do next.
  public let error: @Sendable (any Error) -> String
  /// Says why a file was not imported.
  public let refusal: @Sendable (Refusal) -> String

  public init(
    error: @escaping @Sendable (any Error) -> String,
    refusal: @escaping @Sendable (Refusal) -> String
  ) {
    self.error = error
    self.refusal = refusal
  }
}
