public import Dataset
import ProjectStore

extension Library {
  /// Makes what changes of a range have changed what it was before the first of them, whoever made
  /// them, as one change that undo takes back.
  ///
  /// What has been changed again since the last of them is left alone, as is what does not go with what
  /// is true now.
  ///
  /// - Parameter changes: Numbers of changes; those of other projects in between do not matter.
  public func revert(
    _ changes: ClosedRange<Int64>, in project: ProjectID
  ) throws -> ReversalOutcome {
    try change(in: project, command: "revert") { recorder in
      var (revertedCount, skippedCount) = (0, 0)
      var images: [ImageID] = []
      // The newest first, so that a tag is there before labels of it, and gone after them.
      let effects = try recorder.snapshot.effects(of: changes, in: project)
      let isOfMaking = Fact.belongsToMaking(among: effects.map(\.before))
      for effect in effects.reversed() where !isOfMaking(effect.before) {
        guard try recorder.snapshot.holds(effect.after, in: project),
          try recorder.mayRecord(effect.before, in: project)
        else {
          skippedCount += 1
          continue
        }
        try recorder.record(effect.before)
        revertedCount += 1
        if let image = effect.before.image, images.last != image { images.append(image) }
      }
      return ReversalOutcome(
        command: "revert", revertedCount: revertedCount, skippedCount: skippedCount,
        images: images)
    }
  }
}
