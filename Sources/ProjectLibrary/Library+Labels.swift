public import Dataset
import ProjectStore

extension Library {
  /// Changes the tags of images by one operation, all of them or none.
  ///
  /// When it returns, the change is on the disk.
  ///
  /// - Returns: How many images have other tags than before.
  @discardableResult
  public func label(
    _ images: [ImageID], _ operation: LabelOperation, in project: ProjectID
  ) throws -> Int {
    try store.change(in: project, by: actor, command: Self.command(operation)) { recorder in
      let rules = try recorder.snapshot.rules(of: project)
      return try images.count { try recorder.label($0, operation, rules) }
    }
  }

  /// Gives images tags of their own, all or none, in one change that one undo takes back.
  ///
  /// When it returns, the change is on the disk.
  ///
  /// - Returns: How many images have other tags than before.
  @discardableResult
  public func give(_ tags: [(image: ImageID, tag: TagID)], in project: ProjectID) throws -> Int {
    try store.change(in: project, by: actor, command: "label add") { recorder in
      let rules = try recorder.snapshot.rules(of: project)
      var changed: Set<ImageID> = []
      for (image, tag) in tags where try recorder.label(image, .add(tag), rules) {
        changed.insert(image)
      }
      return changed.count
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
    let after = rules.tags(after: operation, from: before)
    for tag in before where !after.contains(tag) { try record(.label(image, tag, false)) }
    for tag in after where !before.contains(tag) { try record(.label(image, tag, true)) }
    return Set(before) != Set(after)
  }
}
