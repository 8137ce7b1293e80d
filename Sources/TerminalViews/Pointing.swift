import TerminalGrid
import Workbench

/// How many rows a turn of the wheel moves by.
private let wheelStep = 3

/// Returns what the mouse means in a state; `nil` when it means nothing.
func message(for event: MouseEvent, in state: State) -> Message? {
  let target =
    state.draggedBorder.map { borderTarget($0, at: event.position, in: state) }
    ?? target(at: event.position, in: state)
  switch event.action {
  case .press(.left): return .pointed(target, .press)
  case .drag(.left): return .pointed(target, .drag)
  case .release(.left): return .pointed(target, .release)
  case .wheelUp: return .scrolled(target, by: -step(on: target, in: state))
  case .wheelDown: return .scrolled(target, by: step(on: target, in: state))
  case .press, .drag, .release: return nil
  }
}

/// A contact sheet goes line by line.
private func step(on target: PointerTarget, in state: State) -> Int {
  if case .row(.images, _) = target, state.images.isSheet || state.isPictureOpen { return 1 }
  return wheelStep
}

/// What is drawn at a place.
private func target(at position: Position, in state: State) -> PointerTarget {
  let size = Size(width: state.viewport.columns, height: state.viewport.rows)
  guard let layout = ScreenLayout(state) else { return .nothing }
  if state.overlay != nil {
    let row = OverlayView(state: state).list(on: size)?.row(at: position)
    return row.map(PointerTarget.overlayRow) ?? .nothing
  }
  if state.performance != nil { return .nothing }
  if state.isPictureOpen {
    return layout.body.contains(position) ? .row(.images, state.images.cursor) : .nothing
  }
  let images = layout.images.inset()
  if images.contains(position) {
    guard state.images.isSheet else {
      return .row(.images, state.images.top + position.row - images.row)
    }
    let sheet = SheetLayout(images)
    let index = (0..<sheet.columns * sheet.lines).first { sheet.tile($0).contains(position) }
    return index.map { .row(.images, state.images.top + $0) } ?? .nothing
  }
  let tags = layout.tags.inset()
  if tags.contains(position) {
    return .row(.tags, TagsPane(state: state).top(height: tags.height) + position.row - tags.row)
  }
  let training = layout.training.inset()
  if training.contains(position) {
    return .row(.training, TrainingPane(state: state).row(at: position.row, in: training))
  }
  return layout.border(at: position).map { .border($0, steps: 0) } ?? .nothing
}

/// How far a border that is being dragged has to go; as far as it can where that is less.
private func borderTarget(
  _ pane: Pane, at position: Position, in state: State
) -> PointerTarget {
  guard let now = ScreenLayout(state) else { return .nothing }
  let wanted = now.steps(movingBorderOf: pane, to: position)
  var (steps, last) = (0, now)
  while steps != wanted {
    let next = steps + wanted.signum()
    guard let moved = ScreenLayout(state, moving: pane, by: next), moved != last else { break }
    (steps, last) = (next, moved)
  }
  return .border(pane, steps: steps)
}
