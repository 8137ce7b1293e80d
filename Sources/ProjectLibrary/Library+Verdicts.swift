public import Dataset
import ProjectStore

extension Library {
  /// Writes down that a person has looked at images and says that their tags are right, whatever is
  /// predicted of them; undo takes it back.
  ///
  /// In a multiclass project the tag that an image bears is right; in a multilabel project every tag
  /// of the list is right to be there or not. A tag that is changed later is open again.
  ///
  /// - Returns: How many images this was not yet written of.
  @discardableResult
  public func confirmLabels(_ images: [ImageID], in project: ProjectID) throws -> Int {
    try change(in: project, command: "label confirm") { recorder in
      let rules = try recorder.snapshot.rules(of: project)
      return try images.count { image in
        let borne = try recorder.snapshot.tags(on: image)
        var isNew = false
        for tag in rules.tags.map(\.id) {
          let isBorne = borne.contains(tag)
          // With one tag an image, the one that is right says all.
          let verdict = rules.type == .multiclass && !isBorne ? nil : isBorne
          if try recorder.record(.verdict(image, tag, verdict)) { isNew = true }
        }
        return isNew
      }
    }
  }
}
