public import Dataset
import ProjectStore

extension Library {
  /// The library's projects by name.
  public func projects() throws -> [Project] { try store.read { try $0.projects() } }

  /// The project with this id; `nil` for none, and for one that was deleted.
  public func presentProject(_ id: ProjectID) throws -> Project? {
    try store.read { try $0.isPresent(id) ? try $0.project(id) : nil }
  }

  /// Deleted projects that can be restored.
  public func deletedProjects() throws -> [Project] {
    try store.read { snapshot in
      try snapshot.projects(includingDeleted: true).filter { try !snapshot.isPresent($0.id) }
    }
  }

  /// The project of that name; without a name the only one there is.
  ///
  /// - Throws: `.noProject`, `.projectNotNamed`, `.projectNotFound`.
  public func project(named name: String?) throws -> Project {
    let projects = try projects()
    guard let name else {
      switch projects.count {
      case 0: throw LibraryError.noProject
      case 1: return projects[0]
      default: throw LibraryError.projectNotNamed(known: projects.map(\.name))
      }
    }
    guard let project = projects.first(where: { $0.name == name || $0.id.description == name })
    else { throw LibraryError.projectNotFound(name, known: projects.map(\.name)) }
    return project
  }

  /// The project that was changed last, by anybody; `nil` in a library without projects.
  public func projectChangedLast() throws -> Project? {
    try store.read { try $0.projectChangedLast() }
  }

  /// The project as it is now: another process may have changed it.
  public func project(_ id: ProjectID) throws -> Project {
    guard let project = try store.read({ try $0.project(id) }) else {
      throw LibraryError.projectNotFound(id.description, known: [])
    }
    return project
  }

  /// - Throws: `.nameInvalid`, `.projectNameTaken`.
  @discardableResult
  public func createProject(
    _ name: String, description: String = "", type: ClassificationType = .multiclass,
    domain: Domain = .general
  ) throws -> Project {
    let project = Project(
      id: .random(), name: try checkedName(name), description: description, type: type,
      domain: domain)
    try change(in: project.id, command: "project create", undoable: false) {
      try requireFree(project.name, in: $0.snapshot)
      try $0.makeProject(project)
    }
    return project
  }

  /// - Throws: `.nameInvalid`, `.projectNameTaken`.
  public func rename(_ project: Project, to name: String) throws {
    let name = try checkedName(name)
    try change(in: project.id, command: "project rename") {
      if name != project.name { try requireFree(name, in: $0.snapshot) }
      try $0.record(.projectName(name))
    }
  }

  /// Has a project's pictures embedded otherwise from now on; iterations keep what they were trained
  /// with.
  public func setDomain(_ domain: Domain, of project: ProjectID) throws {
    try change(in: project, command: "project domain") {
      try $0.record(.projectDomain(domain))
    }
  }

  /// Says what a project is for.
  public func describe(_ project: ProjectID, as description: String) throws {
    try change(in: project, command: "project describe") {
      try $0.record(.projectDescription(description))
    }
  }

  /// Has images bear one tag or several from now on; iterations keep what they were trained with.
  ///
  /// - Throws: `.imagesBearSeveralTags` when they do and may no longer.
  public func setType(_ type: ClassificationType, of project: ProjectID) throws {
    try change(in: project, command: "project type") {
      if type == .multiclass {
        let count = try $0.snapshot.countOfSeveralTags(in: project)
        if count > 0 { throw LibraryError.imagesBearSeveralTags(imageCount: count) }
      }
      try $0.record(.projectType(type))
    }
  }

  /// Takes a project out of the list; nothing of it is lost, and `restoreProject` brings it back.
  ///
  /// - Throws: `.projectPublished`.
  public func delete(_ project: Project) throws {
    try change(in: project.id, command: "project delete", undoable: false) {
      let published = try $0.snapshot.iterations(of: project.id).first { $0.publishName != nil }
      if let published {
        throw LibraryError.projectPublished(project.name, iteration: published.number)
      }
      try $0.record(.projectExistence(false))
    }
  }

  /// Brings back the project of that name that was deleted last.
  ///
  /// - Throws: `.projectNotFound`, `.projectNameTaken`.
  public func restoreProject(named name: String) throws -> Project {
    let deleted = try deletedProjects()
    let candidates = try store.read { snapshot in
      try deleted.filter { $0.name == name || $0.id.description == name }.map {
        (project: $0, change: try snapshot.deletion(of: $0.id) ?? 0)
      }
    }
    guard let project = candidates.max(by: { $0.change < $1.change })?.project else {
      throw LibraryError.projectNotFound(name, known: deleted.map(\.name))
    }
    // Only this changes what is deleted.
    try store.change(in: project.id, by: actor, command: "project restore", undoable: false) {
      try requireFree(project.name, in: $0.snapshot)
      try $0.record(.projectExistence(true))
    }
    return project
  }

  func requireFree(_ name: String, in snapshot: Snapshot) throws {
    if try snapshot.projects().contains(where: { $0.name == name }) {
      throw LibraryError.projectNameTaken(name)
    }
  }
}

/// A name without space around it, fit to be shown on one line.
func checkedName(_ name: String) throws(LibraryError) -> String {
  let trimmed = String(
    name.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  guard !trimmed.isEmpty, !trimmed.unicodeScalars.contains(where: \.isUnfitForNames) else {
    throw .nameInvalid(name)
  }
  return trimmed
}

extension Unicode.Scalar {
  /// Whether it ends a line, tells a terminal something, or turns the order of what is beside it.
  fileprivate var isUnfitForNames: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    }
  }
}
