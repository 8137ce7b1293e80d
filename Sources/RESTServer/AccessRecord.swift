/// One answered request, for the access log. Queries, headers and keys are not part of it.
public struct AccessRecord: Sendable {
  public let method: String
  /// As it came, without the query.
  public let path: String
  public let status: Int
  public let duration: Duration
  /// What went wrong in the server; `nil` when nothing did.
  public let problem: String?
}
