/// What an address is told that a project names for notifications.
public struct NotificationModel: Encodable, Sendable {
  public let version = "1.0"
  public let type: String
  public let content: Content

  public struct Content: Encodable, Sendable {
    public var projectId: String
    public var iterationId: String?
    public var trainingStatus: String?
    public var exportStatus: String?
    public var modelUri: String?
  }

  private enum CodingKeys: String, CodingKey {
    case version, type
    // So it is written in the service's messages.
    case content = "Content"
  }

  private init(type: String, _ content: Content) {
    self.type = type
    self.content = content
  }

  /// Sent once when an address is set.
  public static func connectionTest(project: String) -> Self {
    Self(type: "ConnectionTest", Content(projectId: project))
  }

  public static func training(project: String, iteration: String, isCompleted: Bool) -> Self {
    Self(
      type: "Training",
      Content(
        projectId: project, iterationId: iteration,
        trainingStatus: isCompleted ? "TrainingCompleted" : "TrainingFailed"))
  }

  /// - Parameter modelUri: Where the model lies; `nil` for a failed export.
  public static func export(project: String, iteration: String, modelUri: String?) -> Self {
    Self(
      type: "Export",
      Content(
        projectId: project, iterationId: iteration,
        exportStatus: modelUri == nil ? "ExportFailed" : "ExportCompleted", modelUri: modelUri))
  }
}
