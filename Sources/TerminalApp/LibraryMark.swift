import Dataset
import ProjectLibrary

/// What tells cheaply whether a project has changed since it was looked at.
struct LibraryMark: Sendable {
  /// Where the project's log stands.
  var position: Int64
  /// The iteration that answers for the project.
  let iteration: IterationID?
  /// Whether the project has not been deleted.
  let isPresent: Bool
  /// The library's counter before the rest was read.
  let counter: Int64
}

extension LibraryMark {
  /// Whether the project has not changed between the two; other projects may have.
  func isSame(_ other: LibraryMark) -> Bool {
    position == other.position && iteration == other.iteration
  }
}

/// How far a change of our own moved a project's log.
struct LogMove: Equatable, Sendable {
  let before: Int64
  let after: Int64
}

extension Library {
  /// How the library stands; where nobody has changed anything, as it stood before.
  func mark(of project: Project, after known: LibraryMark?) throws -> LibraryMark {
    let counter = try changeCounter()
    if let known, known.counter == counter { return known }
    return LibraryMark(
      position: try position(of: project.id), iteration: try currentIterationID(of: project.id),
      isPresent: try presentProject(project.id) != nil, counter: counter)
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
