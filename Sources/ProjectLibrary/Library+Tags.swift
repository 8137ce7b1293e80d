public import Dataset
import ProjectStore

extension Library {
  /// The project's tags, each with the number of its images, in the order of their making.
  public func tagCounts(of project: ProjectID) throws -> [TagCount] {
    try store.read { try $0.tagCounts(of: project) }
  }

  /// The names of the project's tags, deleted ones among them.
  public func tagNames(of project: ProjectID) throws -> [TagID: String] {
    let tags = try store.read { try $0.tags(of: project, includingDeleted: true) }
    return Dictionary(uniqueKeysWithValues: tags.map { ($0.id, $0.name) })
  }

  /// The project's tag of that name or id.
  ///
  /// - Throws: `.tagNotFound`.
  public func tag(_ name: String, of project: ProjectID) throws -> Tag {
    try store.read { try $0.requireTag(name, of: project) }
  }

  /// - Throws: `.nameInvalid`, `.tagNameTaken`, `.negativeTagExists`.
  @discardableResult
  public func createTag(
    _ name: String, kind: TagKind = .regular, in project: ProjectID
  ) throws -> Tag {
    let name = try checkedName(name)
    return try change(in: project, command: "tag create") {
      try $0.makeTag(named: name, kind: kind, in: project)
    }
  }

  /// - Throws: `.nameInvalid`, `.tagNotFound`, `.tagNameTaken`.
  public func renameTag(_ name: String, to newName: String, in project: ProjectID) throws {
    let newName = try checkedName(newName)
    try change(in: project, command: "tag rename") {
      let tag = try $0.snapshot.requireTag(name, of: project)
      if newName != tag.name { try $0.snapshot.requireFreeTagName(newName, in: project) }
      try $0.record(.tagName(tag.id, newName))
    }
  }

  /// Takes a tag out of the list and off its images. `restoreTag` and undo bring both back.
  ///
  /// - Returns: How many labels went with it.
  /// - Throws: `.tagNotFound`.
  @discardableResult
  public func deleteTag(_ name: String, in project: ProjectID) throws -> Int {
    try change(in: project, command: "tag delete") {
      let tag = try $0.snapshot.requireTag(name, of: project)
      let images = try $0.snapshot.images(bearing: tag.id)
      for image in images { try $0.record(.label(image, tag.id, false)) }
      try $0.record(.tagExistence(tag.id, false))
      return images.count
    }
  }

  /// Brings back the tag of that name that was deleted last, with the labels that went with it.
  ///
  /// - Throws: `.deletedTagNotFound`, `.tagNameTaken`, `.negativeTagExists`.
  public func restoreTag(_ name: String, in project: ProjectID) throws -> ReversalOutcome {
    let rules = try store.read { try $0.rules(of: project) }
    return try change(in: project, command: "tag restore") { recorder in
      let snapshot = recorder.snapshot
      let present = try snapshot.tags(of: project)
      let deleted = try snapshot.tags(of: project, includingDeleted: true).filter { tag in
        !present.contains { $0.id == tag.id }
      }
      let candidates = try deleted.filter { $0.name == name || $0.id.description == name }
        .compactMap { tag in try snapshot.deletion(of: tag.id).map { (tag: tag, change: $0) } }
      guard let (tag, change) = candidates.max(by: { $0.change < $1.change }) else {
        let known = deleted.map(\.name).filter { !$0.isEmpty }
        throw LibraryError.deletedTagNotFound(name, known: known)
      }
      try snapshot.requireFreeTagName(tag.name, in: project)
      if tag.kind == .negative, let other = present.first(where: { $0.kind == .negative }) {
        throw LibraryError.negativeTagExists(other.name)
      }
      return try recorder.revert(change, in: project, type: rules.type)
    }
  }

  /// Gives every image of one tag the other tag instead, and takes the first out of the list.
  ///
  /// - Returns: How many images were retagged.
  /// - Throws: `.tagNotFound`, `.tagMergedWithItself`, `.negativeTagMerged`.
  @discardableResult
  public func mergeTag(_ name: String, into target: String, in project: ProjectID) throws -> Int {
    try change(in: project, command: "tag merge") {
      let from = try $0.snapshot.requireTag(name, of: project)
      let into = try $0.snapshot.requireTag(target, of: project)
      if from.id == into.id { throw LibraryError.tagMergedWithItself(from.name) }
      if let negative = [from, into].first(where: { $0.kind == .negative }) {
        throw LibraryError.negativeTagMerged(negative.name)
      }
      let images = try $0.snapshot.images(bearing: from.id)
      for image in images {
        try $0.record(.label(image, from.id, false))
        try $0.record(.label(image, into.id, true))
      }
      try $0.record(.tagExistence(from.id, false))
      return images.count
    }
  }
}

extension Snapshot {
  /// How the tags of the project's images exclude each other.
  func rules(of project: ProjectID) throws -> TaggingRules {
    guard let found = try self.project(project) else {
      throw LibraryError.projectNotFound(project.description, known: [])
    }
    return TaggingRules(type: found.type, tags: try tags(of: project))
  }

  func requireTag(_ name: String, of project: ProjectID) throws -> Tag {
    let tags = try tags(of: project)
    guard let tag = tags.first(where: { $0.name == name || $0.id.description == name }) else {
      throw LibraryError.tagNotFound(name, known: tags.map(\.name))
    }
    return tag
  }

  /// Why a tag cannot be the negative one; `nil` when it can.
  func obstacle(toNegative tag: TagID, in project: ProjectID) throws -> LibraryError? {
    if let other = try tags(of: project).first(where: { $0.kind == .negative && $0.id != tag }) {
      return .negativeTagExists(other.name)
    }
    let beside = try images(of: project, .tag(tag)).first { $0.tags.count > 1 }
    return beside.map { .negativeTagBesideOthers(image: $0.id.description) }
  }

  /// How many images bear several tags.
  func countOfSeveralTags(in project: ProjectID) throws -> Int {
    try images(of: project, .tagged).count { $0.tags.count > 1 }
  }

  func requireFreeTagName(_ name: String, in project: ProjectID) throws {
    if try tags(of: project).contains(where: { $0.name == name }) {
      throw LibraryError.tagNameTaken(name)
    }
  }
}

extension Recorder {
  mutating func makeTag(
    named name: String, kind: TagKind = .regular, in project: ProjectID
  ) throws -> Tag {
    try snapshot.requireFreeTagName(name, in: project)
    let negative = try snapshot.tags(of: project).first { $0.kind == .negative }
    if kind == .negative, let negative { throw LibraryError.negativeTagExists(negative.name) }
    let tag = Tag(id: .random(), name: name, kind: kind)
    try makeTag(tag)
    return tag
  }
}
