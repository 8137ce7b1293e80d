public import Dataset
import ProjectStore

/// Taking over what another library made, under the ids that programs know. Nothing that is here
/// already is changed, so that an adoption that was broken off can simply be done again.
extension Library {
  /// Makes a project under its id, unless it is there.
  ///
  /// - Returns: Whether it is new.
  /// - Throws: `.nameInvalid`, `.projectNameTaken`; `.projectDeleted` for one that lies among the
  ///   deleted.
  public func adopt(_ project: Project) throws -> Bool {
    if try projects().contains(where: { $0.id == project.id }) { return false }
    if try deletedProjects().contains(where: { $0.id == project.id }) {
      throw LibraryError.projectDeleted(project.name)
    }
    let name = try checkedName(project.name)
    try change(in: project.id, command: "project adopt", undoable: false) {
      try requireFree(name, in: $0.snapshot)
      try $0.makeProject(
        Project(
          id: project.id, name: name, description: project.description, type: project.type,
          domain: project.domain))
    }
    return true
  }

  /// Makes those of the tags that the project never had, each with its description.
  ///
  /// - Throws: `.nameInvalid`, `.tagNameTaken`, `.negativeTagExists`.
  public func adopt(_ tags: [(tag: Tag, description: String)], in project: ProjectID) throws {
    try change(in: project, command: "tag adopt", undoable: false) { recorder in
      let known = Set(
        try recorder.snapshot.tags(of: project, includingDeleted: true).map(\.id))
      for (tag, description) in tags where !known.contains(tag.id) {
        let name = try checkedName(tag.name)
        try recorder.snapshot.requireFreeTagName(name, in: project)
        let negative = try recorder.snapshot.tags(of: project).first { $0.kind == .negative }
        if tag.kind == .negative, let negative {
          throw LibraryError.negativeTagExists(negative.name)
        }
        try recorder.makeTag(Tag(id: tag.id, name: name, kind: tag.kind))
        if !description.isEmpty { try recorder.record(.tagDescription(tag.id, description)) }
      }
    }
  }

  /// How many of the ids are images of the project, and how many are images that were removed from it.
  public func presence(
    of ids: [ImageID], in project: ProjectID
  ) throws -> (present: Int, removed: Int) {
    let ids = Set(ids)
    return try store.read { snapshot in
      (
        try snapshot.images(of: project).count { ids.contains($0.id) },
        try snapshot.images(of: project, .removed).count { ids.contains($0.id) }
      )
    }
  }

  /// Those of the ids that no image has or ever had: what was removed is not wanted again.
  public func unknownImages(among ids: [ImageID]) throws -> [ImageID] {
    let known = Set(try store.read { try $0.images(withIDs: ids) }.map(\.id))
    return ids.filter { !known.contains($0) }
  }
}
