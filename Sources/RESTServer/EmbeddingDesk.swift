import Dataset
import ProjectLibrary
import Synchronization

/// Has the networks read the pictures that programs add, behind everything else, so that trainings and
/// suggestions need not wait for it.
final class EmbeddingDesk: Sendable {
  private struct State {
    /// Of projects that came first to those that came last; `nil` for all pictures of a project.
    var waiting: [(project: Project, contents: [ContentHash]?)] = []
    var task: Task<Void, Never>?
    var isStopped = false
  }

  private let state = Mutex(State())
  private let library: Library
  private let isReady: Bool
  private let report: @Sendable (Project, any Error) -> Void

  /// - Parameters:
  ///   - isReady: Whether the networks are there; without them nothing is done.
  ///   - report: Told when a project's pictures cannot be read at all.
  init(
    library: Library, isReady: Bool, report: @escaping @Sendable (Project, any Error) -> Void
  ) {
    self.library = library
    self.isReady = isReady
    self.report = report
  }

  /// Has pictures read that came into a project.
  func read(_ contents: [ContentHash], of project: Project) {
    if !contents.isEmpty { add([(project, contents)]) }
  }

  /// Goes on with what was left in all projects.
  ///
  /// - Throws: What keeps the library from being read.
  func resume() throws { add(try library.projects().map { ($0, nil) }) }

  /// Stops, and waits for it; the next server goes on.
  func stop() async {
    let task = state.withLock { state in
      state.isStopped = true
      return state.task
    }
    task?.cancel()
    await task?.value
  }

  private func add(_ wanted: [(project: Project, contents: [ContentHash]?)]) {
    state.withLock { state in
      guard isReady, !state.isStopped, !wanted.isEmpty else { return }
      state.waiting += wanted
      if state.task == nil { state.task = Task { await work() } }
    }
  }

  private func work() async {
    while let (project, contents) = next() {
      do {
        _ = try await library.embedImages(of: project, among: contents) { _ in }
      } catch  where Task.isCancelled {
        return
      } catch {
        report(project, error)
      }
    }
  }

  /// What waits for the project that came first; `nil` ends the work.
  private func next() -> (Project, [ContentHash]?)? {
    state.withLock { state in
      guard !state.isStopped, let project = state.waiting.first?.project else {
        state.task = nil
        return nil
      }
      let parts = state.waiting.filter { $0.project.id == project.id }
      state.waiting.removeAll { $0.project.id == project.id }
      if parts.contains(where: { $0.contents == nil }) { return (project, nil) }
      return (project, parts.flatMap { $0.contents ?? [] })
    }
  }
}
