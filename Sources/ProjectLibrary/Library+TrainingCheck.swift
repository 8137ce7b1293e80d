public import Dataset
import Evaluation
import ProjectStore

extension Library {
  /// Says why a training would be refused, or would give what is there already.
  ///
  /// - Parameter evenIfUnchanged: Trains on what the newest iteration was trained on once more.
  /// - Throws: `.tooFewImages`, `.tooFewTags`, `.trainingRunning`, `.nothingToTrain`.
  public func checkTraining(
    of project: Project, _ request: TrainingRequest, evenIfUnchanged: Bool
  ) throws {
    let lock = try FileLock.tryAcquire("\(path)/locks/training-\(project.id)")
    guard let lock else { throw LibraryError.trainingRunning(project: project.name) }
    lock.release()
    try store.read { snapshot in
      let labelled = try LabelledImages(snapshot, of: project, request)
      guard !evenIfUnchanged, let newest = try snapshot.iterations(of: project.id).first,
        newest.type == project.type, newest.domain == project.domain
      else { return }
      let classes = try snapshot.classes(of: newest.id).map(\.id)
      let trained = try snapshot.rows(of: newest.id).map { row in
        LabelledRow(image: row.image, tags: Set(row.given.map { classes[$0] }))
      }
      let now = labelled.images.indices.map { row in
        LabelledRow(
          image: labelled.images[row].id,
          tags: Set(labelled.targets.classes(ofRow: row).map { labelled.classes[$0].id }))
      }
      if Set(trained) == Set(now) && Set(classes) == Set(labelled.classes.map(\.id)) {
        throw LibraryError.nothingToTrain(sinceIteration: newest.number)
      }
    }
  }

  /// The number that the project's next iteration will have, unless another takes it first.
  public func nextIterationNumber(of project: ProjectID) throws -> Int {
    try store.read {
      1 + (try $0.iterations(of: project, includingDeleted: true).map(\.number).max() ?? 0)
    }
  }
}

private struct LabelledRow: Hashable {
  let image: ImageID
  let tags: Set<TagID>
}
