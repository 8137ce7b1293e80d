public import Dataset
import ProjectStore

/// A project at a position of its log: what a copy is made of.
public struct ProjectMoment: Hashable, Sendable {
  public let project: ProjectID
  public let position: Int64

  public init(project: ProjectID, position: Int64) {
    self.project = project
    self.position = position
  }
}

extension Library {
  /// The project as it is now, how many images it has, and how many tags.
  public func moment(
    of project: ProjectID
  ) throws -> (moment: ProjectMoment, imageCount: Int, tagCount: Int) {
    try store.read { snapshot in
      (
        ProjectMoment(project: project, position: try snapshot.position(of: project)),
        try snapshot.imageCount(of: project), try snapshot.tags(of: project).count
      )
    }
  }

  /// Makes a project with the tags and images that another had, without its iterations. Files are
  /// shared, not copied.
  ///
  /// - Parameter name: `nil` for a name made of the other's.
  /// - Throws: `.projectNotFound`, `.nameInvalid`, `.projectNameTaken`.
  public func copy(_ moment: ProjectMoment, named name: String?) throws -> Project {
    let (source, images, tags, type, metadata, descriptions, names) = try store.read { snapshot in
      guard let source = try snapshot.project(moment.project) else {
        throw LibraryError.projectNotFound(moment.project.description, known: [])
      }
      return (
        source, try snapshot.images(of: source.id, asOf: moment.position),
        try snapshot.tags(of: source.id, asOf: moment.position),
        try snapshot.type(of: source.id, asOf: moment.position) ?? source.type,
        try snapshot.metadata(of: source.id), try snapshot.tagDescriptions(of: source.id),
        try snapshot.projects().map(\.name)
      )
    }
    let copy = Project(
      id: .random(), name: try name.map(checkedName) ?? freeName(like: source.name, among: names),
      description: source.description, type: type, domain: source.domain)
    try change(in: copy.id, command: "project copy", undoable: false) { recorder in
      try requireFree(copy.name, in: recorder.snapshot)
      try recorder.makeProject(copy)
      var newTags: [TagID: TagID] = [:]
      for tag in tags {
        let made = Tag(id: .random(), name: tag.name, kind: tag.kind)
        newTags[tag.id] = made.id
        try recorder.makeTag(made)
        try recorder.record(.tagDescription(made.id, descriptions[tag.id] ?? ""))
      }
      for image in images {
        guard let content = try recorder.snapshot.content(image.content) else { continue }
        let made = ImageID.random()
        try recorder.makeImage(made, content: content, name: image.name, path: image.path)
        try recorder.record(.imageMetadata(made, metadata[image.id] ?? ImageMetadata()))
        for tag in image.tags.compactMap({ newTags[$0] }) {
          try recorder.record(.label(made, tag, true))
        }
      }
    }
    return copy
  }

  private func freeName(like name: String, among names: [String]) -> String {
    var number = 2
    while names.contains("\(name) \(number)") { number += 1 }
    return "\(name) \(number)"
  }
}
