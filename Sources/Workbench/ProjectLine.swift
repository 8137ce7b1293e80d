public import Dataset

/// One project of the library, as the list of projects shows it.
public struct ProjectLine: Equatable, Sendable {
  public let project: Project
  public let imageCount: Int
  public let tagCount: Int

  public init(project: Project, imageCount: Int, tagCount: Int) {
    self.project = project
    self.imageCount = imageCount
    self.tagCount = tagCount
  }
}

/// Projects: another one comes in place of this one, with its own list, marks and figures.
extension State {
  /// Opens the list at once, as it was the last time: what is typed next is meant for it, however
  /// long the answer takes.
  mutating func openProjects() -> [Effect] {
    awaitsProjects = true
    overlay = .picker(Picker(.projects))
    placeCursorOnProject()
    return [.loadProjects]
  }

  mutating func accept(_ lines: [ProjectLine]) {
    projects = lines
    awaitsProjects = false
    placeCursorOnProject()
  }

  /// Where nothing is typed yet, the cursor is on the project that is open.
  private mutating func placeCursorOnProject() {
    guard case .picker(var picker) = overlay, picker.kind == .projects else { return }
    let rows = pickerRows(picker)
    let place = rows.firstIndex { row in
      if case .project(let line) = row { line.project.id == project.id } else { false }
    }
    picker.cursor =
      picker.prompt.text.isEmpty ? place ?? 0 : clamp(picker.cursor, count: rows.count)
    overlay = .picker(picker)
  }

  /// Takes in whether the project is still there: of one that another process has deleted nothing can
  /// be changed, and what runs for it is stopped.
  mutating func note(isPresent: Bool) -> [Effect] {
    guard isProjectGone == isPresent else { return [] }
    isProjectGone = !isPresent
    guard isProjectGone else { return [.loadProject] }
    notice = .projectGone(project.name)
    training.job?.isCancelling = true
    importing?.isCancelling = true
    return (runningJobs.map(\.id) + [embedding?.id].compactMap { $0 }).map(Effect.cancel)
  }

  /// Begins with another project; what a person has set and typed stays.
  mutating func begin(with project: Project) -> [Effect] {
    var state = State(
      project: project, viewport: viewport, preferences: preferences, layout: layout)
    state.paletteHistory = paletteHistory
    state.lastTicket = lastTicket
    state.notice = .opened(project.name)
    // What is read of the project before goes on when that is opened again.
    let leftBehind = embedding.map { [Effect.cancel($0.id)] } ?? []
    self = state
    return leftBehind + readProject()
  }
}
