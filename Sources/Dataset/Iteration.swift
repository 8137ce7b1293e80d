/// An iteration of any project.
public struct IterationReference: Hashable, Sendable {
  public let project: ProjectID
  public let iteration: IterationID

  public init(project: ProjectID, iteration: IterationID) {
    self.project = project
    self.iteration = iteration
  }
}

/// One numbered, never-changed result of a training, without its numbers.
public struct Iteration: Hashable, Sendable, Identifiable {
  public let id: IterationID
  /// 1 for a project's first, counting up; never used twice.
  public let number: Int
  public var name: String
  /// Where the project's log stood when its labels were read: "as of this iteration" means up to here.
  public let position: Int64
  /// Seconds since 1970 at which training ended.
  public let trainedAt: Double
  /// How long training took.
  public let seconds: Double
  public let type: ClassificationType
  public let domain: Domain
  /// How many images it was trained on.
  public let imageCount: Int
  /// The name under which the server answers with it; `nil` when not published.
  public var publishName: String?
  /// For which address a program published it; `nil` where none was said.
  public var publishTarget: String?
  /// For how many hours a program let it be trained, 0 for as long as it takes; `nil` where none was
  /// said.
  public let budgetHours: Int?
  /// The iteration from which a program had the training start, which changed nothing.
  public let base: IterationReference?

  public init(
    id: IterationID, number: Int, name: String, position: Int64, trainedAt: Double,
    seconds: Double, type: ClassificationType, domain: Domain, imageCount: Int,
    publishName: String? = nil, publishTarget: String? = nil, budgetHours: Int? = nil,
    base: IterationReference? = nil
  ) {
    self.id = id
    self.number = number
    self.name = name
    self.position = position
    self.trainedAt = trainedAt
    self.seconds = seconds
    self.type = type
    self.domain = domain
    self.imageCount = imageCount
    self.publishName = publishName
    self.publishTarget = publishTarget
    self.budgetHours = budgetHours
    self.base = base
  }
}
