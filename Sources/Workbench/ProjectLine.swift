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
  mutating func showProjects(_ lines: [ProjectLine]) {
    projects = lines
    guard overlay == nil else { return }
    var picker = Picker(.projects)
    picker.cursor = lines.firstIndex { $0.project.id == project.id } ?? 0
    overlay = .picker(picker)
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
    return leftBehind + [.loadProject, .loadTags, .loadReport] + startEmbedding()
  }
}
