public import Dataset
public import TerminalGrid
public import Workbench

/// Draws a state as a grid of the size of its viewport.
///
/// - Parameters:
///   - state: What to show.
///   - theme: How it looks; its glyphs decide between Unicode and ASCII.
///   - picture: Returns a picture as cells of at most the given size; `nil` while it is not there.
///     It is asked for what is to be seen, the most wanted first.
public func draw(
  _ state: State, theme: Theme, picture: (ContentHash, Size) -> Grid?
) -> Grid {
  let size = Size(width: state.viewport.columns, height: state.viewport.rows)
  var canvas = Canvas(size, theme: theme)
  guard let layout = ScreenLayout(state) else {
    canvas.drawTooSmall()
    return canvas.grid
  }
  if let performance = state.performance {
    PerformanceView(state: state, view: performance).draw(on: &canvas, in: layout.body)
  } else if state.isPictureOpen {
    PreviewPane(state: state).draw(on: &canvas, in: layout.body, picture: picture)
  } else {
    if !layout.tags.isEmpty { TagsPane(state: state).draw(on: &canvas, in: layout.tags) }
    if !layout.images.isEmpty {
      ImagesPane(state: state).draw(on: &canvas, in: layout.images, picture: picture)
    }
    if !layout.preview.isEmpty {
      PreviewPane(state: state).draw(on: &canvas, in: layout.preview, picture: picture)
    }
    if !layout.training.isEmpty {
      TrainingPane(state: state).draw(on: &canvas, in: layout.training)
    }
  }
  StatusLine(state: state).draw(on: &canvas, status: layout.status, keys: layout.keys)
  OverlayView(state: state).draw(on: &canvas)
  return canvas.grid
}

extension Canvas {
  fileprivate mutating func drawTooSmall() {
    let least = ScreenLayout.leastSize
    let text = """
      Too small
      tagbench needs \(least.width) x \(least.height), this is \(grid.width) x \(grid.height)
      """
    let lines = wrapped(text, width: grid.width)
    let area = grid.bounds.centered(width: grid.width, height: lines.count)
    putParagraph(text, in: area, alignment: .center)
  }
}
