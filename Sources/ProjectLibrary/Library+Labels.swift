public import Dataset
import ProjectStore

extension Library {
  /// Changes the tags of images by one operation, all of them or none.
  ///
  /// When it returns, the change is on the disk.
  ///
  /// - Returns: How many images have other tags than before.
  /// - Throws: `.tagNotFound` where the tag to be given is no longer in the list.
  @discardableResult
  public func label(
    _ images: [ImageID], _ operation: LabelOperation, in project: ProjectID
  ) throws -> Int {
    try change(in: project, command: Self.command(operation)) { recorder in
      let rules = try recorder.snapshot.rules(of: project)
      if case .add(let tag) = operation, !rules.tags.contains(where: { $0.id == tag }) {
        let deleted = try recorder.snapshot.tags(of: project, includingDeleted: true)
        let name = deleted.first { $0.id == tag }?.name ?? tag.description
        throw LibraryError.tagNotFound(name, known: rules.tags.map(\.name))
      }
      return try images.count { try recorder.label($0, operation, rules) }
    }
  }

  /// Gives untagged images tags of their own, all or none, in one change that one undo takes back.
  ///
  /// An image that has got a tag meanwhile keeps that and gets no other; a tag that is no longer in the
  /// list is not given. When it returns, the change is on the disk.
  ///
  /// - Returns: How many images have got tags.
  @discardableResult
  public func tagUntagged(_ tags: [ImageID: [TagID]], in project: ProjectID) throws -> Int {
    try change(in: project, command: "label add") { recorder in
      let rules = try recorder.snapshot.rules(of: project)
      return try tags.sorted { $0.key.description < $1.key.description }.count { image, tags in
        guard try recorder.snapshot.tags(on: image).isEmpty else { return false }
        let given = tags.filter { tag in rules.tags.contains { $0.id == tag } }
        return try recorder.setTags(
          given.reduce([]) { rules.tags(after: .add($1), from: $0) }, on: image)
      }
    }
  }

  private static func command(_ operation: LabelOperation) -> String {
    switch operation {
    case .add: "label add"
    case .remove, .clear: "label remove"
    }
  }
}

extension Recorder {
  /// Carries out one operation on one image's tags; tells whether they changed.
  mutating func label(
    _ image: ImageID, _ operation: LabelOperation, _ rules: TaggingRules
  ) throws -> Bool {
    let before = try snapshot.tags(on: image)
    return try setTags(rules.tags(after: operation, from: before), on: image)
  }

  /// Lets an image bear these tags and no others; tells whether that is a change.
  mutating func setTags(_ after: [TagID], on image: ImageID) throws -> Bool {
    let before = try snapshot.tags(on: image)
    for tag in before where !after.contains(tag) { try record(.label(image, tag, false)) }
    for tag in after where !before.contains(tag) { try record(.label(image, tag, true)) }
    return Set(before) != Set(after)
  }
}
