import Dataset
import ProjectStore

extension Library {
  /// Changes a project in the name of whoever opened the library, as `ProjectStore.change` does.
  ///
  /// - Throws: `.projectNotFound` where it has been deleted, by whatever process; what `body` throws.
  @discardableResult
  func change<Value>(
    in project: ProjectID, command: String, undoable: Bool = true, undoes: Int64? = nil,
    _ body: (inout Recorder) throws -> Value
  ) throws -> Value {
    try store.change(
      in: project, by: actor, command: command, undoable: undoable, undoes: undoes
    ) { recorder in
      let snapshot = recorder.snapshot
      // One that is about to be made is not known yet.
      if let known = try snapshot.project(project), try !snapshot.isPresent(project) {
        throw LibraryError.projectNotFound(known.name, known: try snapshot.projects().map(\.name))
      }
      return try body(&recorder)
    }
  }
}
