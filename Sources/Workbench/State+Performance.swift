import Dataset
import Evaluation

/// The performance view: it takes the keys of moving while it is open.
extension State {
  mutating func openPerformance() -> [Effect] {
    var view = PerformanceState()
    view.tagCursor = training.cursor
    leavePicture()
    performance = view
    return [.loadPerformance(nil, base: nil)]
  }

  mutating func changeThreshold(by steps: Int) {
    guard var view = performance else { return }
    let step = Int((view.threshold * 20).rounded()) + steps
    view.threshold = Double(max(1, min(19, step))) / 20
    performance = view
  }

  /// Runs a command where the view gives it a meaning of its own; `nil` where it has none.
  mutating func runInPerformance(_ command: Command) -> [Effect]? {
    guard var view = performance else { return nil }
    defer { if performance != nil { performance = view } }
    switch command {
    case .moveUp: view.move(rows: -1, columns: 0)
    case .moveDown: view.move(rows: 1, columns: 0)
    case .moveLeft: view.move(rows: 0, columns: -1)
    case .moveRight: view.move(rows: 0, columns: 1)
    case .pageUp, .moveToFirst: view.move(rows: -1000, columns: 0)
    case .pageDown, .moveToLast: view.move(rows: 1000, columns: 0)
    case .nextPane: view.part = view.part.neighbor(1, hasConfusion: hasConfusion)
    case .previousPane: view.part = view.part.neighbor(-1, hasConfusion: hasConfusion)
    case .open: return openRow(of: view)
    case .toggleMark: return compare(view)
    case .back, .showPerformance:
      performance = nil
    default: return nil
    }
    return []
  }

  private var hasConfusion: Bool {
    performance?.detail?.report.performance.confusion != nil
  }

  /// Goes to the images behind a row, or to another iteration.
  private mutating func openRow(of view: PerformanceState) -> [Effect] {
    guard let detail = view.detail else { return [] }
    let tags = detail.report.tags
    switch view.part {
    case .tags:
      performance = nil
      focus = .images
      return filter(
        by: tags.indices.contains(view.tagCursor) ? .tag(tags[view.tagCursor].id) : .all)
    case .confusion:
      performance = nil
      focus = .images
      let effects = filter(by: .all)
      let text =
        SearchTerm.text(key: "tag", wholeName: name(of: tags[view.given])) + " "
        + SearchTerm.text(key: "predicted", wholeName: name(of: tags[view.predicted]))
      return effects + search(for: text)
    case .iterations:
      guard let lines = view.answer?.iterations, lines.indices.contains(view.iterationCursor)
      else { return [] }
      return [.loadPerformance(lines[view.iterationCursor].iteration.id, base: nil)]
    }
  }

  /// Tags may have other names now than when the iteration was trained.
  private func name(of tag: Tag) -> String { tags.tag(tag.id)?.name ?? tag.name }

  /// Compares what is shown with the iteration under the cursor.
  private func compare(_ view: PerformanceState) -> [Effect] {
    guard view.part == .iterations, let detail = view.detail,
      let lines = view.answer?.iterations, lines.indices.contains(view.iterationCursor)
    else { return [] }
    let base = lines[view.iterationCursor].iteration.id
    // Compared with itself nothing changes.
    guard base != detail.report.iteration.id else { return [] }
    return [.loadPerformance(detail.report.iteration.id, base: base)]
  }
}

extension PerformanceState {
  fileprivate mutating func move(rows: Int, columns: Int) {
    let tagCount = detail?.report.tags.count ?? 0
    switch part {
    case .tags: tagCursor = clamp(tagCursor + rows, count: tagCount)
    case .confusion:
      given = clamp(given + rows, count: tagCount)
      predicted = clamp(predicted + columns, count: tagCount)
    case .iterations:
      iterationCursor = clamp(iterationCursor + rows, count: answer?.iterations.count ?? 0)
    }
  }
}

extension PerformanceState.Part {
  fileprivate func neighbor(_ step: Int, hasConfusion: Bool) -> Self {
    let parts = Self.allCases.filter { hasConfusion || $0 != .confusion }
    let index = parts.firstIndex(of: self) ?? 0
    return parts[(index + step + parts.count) % parts.count]
  }
}
