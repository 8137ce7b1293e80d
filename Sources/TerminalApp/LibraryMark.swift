import Dataset
import ProjectLibrary

/// What tells cheaply whether a project has changed since it was looked at.
struct LibraryMark: Equatable, Sendable {
  /// Where the project's log stands.
  var position: Int64
  /// The iteration that answers for the project.
  let iteration: Iteration?
}

/// How far a change of our own moved a project's log.
struct LogMove: Equatable, Sendable {
  let before: Int64
  let after: Int64
}

extension Library {
  func mark(of project: Project) throws -> LibraryMark {
    LibraryMark(
      position: try position(of: project.id), iteration: try currentIteration(of: project))
  }

  /// The iteration that answers for the project; `nil` before the first training.
  func currentIteration(of project: Project) throws -> Iteration? {
    do {
      return try iteration(nil, of: project)
    } catch LibraryError.notTrained {
      return nil
    }
  }
}
