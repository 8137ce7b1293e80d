public import TerminalGrid
public import Workbench

/// Where everything lies on a screen of a given size.
struct ScreenLayout: Equatable {
  let tags: Rectangle
  let images: Rectangle
  let preview: Rectangle
  /// Empty where a contact sheet needs the room.
  let training: Rectangle
  /// What has happened and what runs.
  let status: Rectangle
  /// The keys that matter now.
  let keys: Rectangle

  /// The least screen that panes fit on.
  static let leastSize = Size(width: 60, height: 15)
  /// From this width on, the panes stand in three columns instead of two.
  private static let threeColumnWidth = 110

  /// Lays the panes out; `nil` on a screen that is too small for them.
  ///
  /// - Parameters:
  ///   - isSheet: Whether the images pane shows a contact sheet, which gets more room.
  ///   - tagCount: What the training pane has rows for; it leaves room that it does not need to the
  ///     preview.
  ///   - zoomed: The pane that gets all the room, if any.
  ///   - steps: How far the borders are moved from their usual places: by two columns a step for
  ///     tags and images, by a row for training, as long as every pane keeps its least size.
  init?(
    _ size: Size, isSheet: Bool = false, tagCount: Int = .max / 2, zoomed: Pane? = nil,
    steps: [Pane: Int] = [:]
  ) {
    guard size.width >= Self.leastSize.width, size.height >= Self.leastSize.height else {
      return nil
    }
    let screen = Rectangle(column: 0, row: 0, width: size.width, height: size.height)
    let (body, lines) = screen.splitBottom(2)
    status = lines.line(0)
    keys = lines.line(1)
    if let zoomed {
      let none = Rectangle(column: 0, row: 0, width: 0, height: 0)
      (tags, images, preview, training) = (
        zoomed == .tags ? body : none, zoomed == .images ? body : none, none,
        zoomed == .training ? body : none
      )
      return
    }
    if size.width >= Self.threeColumnWidth {
      let columns = body.splitIntoColumns([
        .share(weight: 5, maximum: isSheet ? 28 : 36), .share(weight: isSheet ? 14 : 8),
        .share(weight: isSheet ? 7 : 10),
      ])
      let widths = Self.moved(
        columns.map(\.width), borders: [2 * (steps[.tags] ?? 0), 2 * (steps[.images] ?? 0)],
        least: [Self.leastWidth, Self.leastWidth, Self.leastWidth])
      let (tags, rest) = body.splitLeft(widths[0])
      let (images, right) = rest.splitLeft(widths[1])
      let needed = max(8, tagCount + TrainingPane.headRows + 5)
      let heights = right.splitIntoRows([
        .share(weight: 3), .share(weight: 2, minimum: 8, maximum: needed),
      ]).map(\.height)
      (preview, training) = right.splitTop(Self.previewHeight(heights, steps))
      (self.tags, self.images) = (tags, images)
    } else {
      let columns = body.splitIntoColumns([.share(weight: 7), .share(weight: 13)])
      let widths = Self.moved(
        columns.map(\.width), borders: [2 * ((steps[.tags] ?? 0) - (steps[.images] ?? 0))],
        least: [Self.leastWidth, Self.leastWidth + 10])
      let (left, right) = body.splitLeft(widths[0])
      let rows = left.splitIntoRows([.share(weight: 9), .share(weight: 13)])
      (tags, preview) = (rows[0], rows[1])
      if isSheet {
        (images, training) = right.splitTop(right.height)
      } else {
        let heights = right.splitIntoRows([.share(weight: 13), .share(weight: 9, minimum: 6)])
          .map(\.height)
        (images, training) = right.splitTop(Self.previewHeight(heights, steps))
      }
    }
  }

  /// No pane gets narrower than this.
  private static let leastWidth = 20

  /// The height of what lies above the training pane.
  private static func previewHeight(_ heights: [Int], _ steps: [Pane: Int]) -> Int {
    moved(heights, borders: [-(steps[.training] ?? 0)], least: [6, 6])[0]
  }

  /// Lengths side by side whose inner borders are moved, the first one first; none gets shorter than
  /// its least length, or than it was where that is less.
  private static func moved(_ lengths: [Int], borders: [Int], least: [Int]) -> [Int] {
    var lengths = lengths
    let least = zip(lengths, least).map { min($0, $1) }
    for (index, distance) in borders.enumerated() {
      let step = max(
        least[index] - lengths[index],
        min(distance, lengths[index + 1] - least[index + 1]))
      lengths[index] += step
      lengths[index + 1] -= step
    }
    return lengths
  }

  /// The pane whose border with its neighbour lies at a place, which both frames touch.
  func border(at position: Position) -> Pane? {
    guard !tags.isEmpty, !images.isEmpty, body.contains(position) else { return nil }
    if isBesideEdge(position.column, tags.endColumn) { return .tags }
    if hasThreeColumns, isBesideEdge(position.column, images.endColumn) { return .images }
    let isOverTraining = position.column >= training.column && position.column < training.endColumn
    if !training.isEmpty, isOverTraining, isBesideEdge(position.row, training.row) {
      return .training
    }
    return nil
  }

  /// By how many steps a pane has to grow for its border to come to a place.
  func steps(movingBorderOf pane: Pane, to position: Position) -> Int {
    switch pane {
    case .tags: (position.column + 1 - tags.endColumn) / 2
    case .images: (position.column + 1 - images.endColumn) / 2
    case .training: training.row - position.row
    }
  }

  private func isBesideEdge(_ place: Int, _ edge: Int) -> Bool {
    place == edge - 1 || place == edge
  }

  private var hasThreeColumns: Bool { preview.column >= images.endColumn }

  /// All but the two lines at the bottom.
  var body: Rectangle {
    Rectangle(column: 0, row: 0, width: status.width, height: status.row)
  }

  /// The lines below such a list that tell the whole of what the row under the cursor has no room for.
  static let detailRows = 2

  /// The box of a list that lies over the panes: as high as it needs, with a line below its rows.
  static func list(of count: Int, on size: Size) -> Rectangle {
    Rectangle(column: 0, row: 0, width: size.width, height: size.height)
      .inset(horizontal: 1, vertical: 1).centered(width: 84, height: count + 3)
  }
}

/// How a contact sheet divides the inside of the images pane.
struct SheetLayout: Equatable {
  let area: Rectangle
  let columns: Int
  let lines: Int

  /// A picture of 4:3 in a frame of this width is about as high as this, with a line for its name.
  private static let leastWidth = 16
  private static let leastHeight = 7

  init(_ area: Rectangle) {
    self.area = area
    columns = max(1, area.width / Self.leastWidth)
    lines = max(1, area.height / Self.leastHeight)
  }

  /// The place of a picture, counted from the first one in sight; a column stays free on its right.
  func tile(_ index: Int) -> Rectangle {
    let (line, place) = (index / columns, index % columns)
    let left = area.width * place / columns
    let top = area.height * line / lines
    return Rectangle(
      column: area.column + left, row: area.row + top,
      width: area.width * (place + 1) / columns - left,
      height: area.height * (line + 1) / lines - top)
  }

  /// The part of a tile that the picture fills.
  static func picture(in tile: Rectangle) -> Rectangle {
    Rectangle(
      column: tile.column + 1, row: tile.row, width: tile.width - 2, height: tile.height - 1)
  }
}

/// Measures what `draw` shows of a state on a screen, for `Message.resized` and a new `State`.
public func viewport(of size: Size, in state: State? = nil) -> Viewport {
  let layout = ScreenLayout(size, state)
  let sheet = ScreenLayout(size, state, isSheet: true).map { SheetLayout($0.images.inset()) }
  return Viewport(
    columns: size.width, rows: size.height,
    imageRows: layout?.images.inset().height ?? 0,
    sheetColumns: sheet?.columns ?? 1, sheetLines: sheet?.lines ?? 1,
    tagRows: layout?.tags.inset().height ?? 0,
    trainingRows: max(0, (layout?.training.inset().height ?? 0) - TrainingPane.headRows),
    overlayRows: max(
      0, ScreenLayout.list(of: .max / 2, on: size).inset().height - 1 - ScreenLayout.detailRows),
    widenable: resizablePanes(by: 1, on: size, in: state),
    narrowable: resizablePanes(by: -1, on: size, in: state))
}

/// The panes that a step would change.
private func resizablePanes(by step: Int, on size: Size, in state: State?) -> Set<Pane> {
  guard let state else { return [] }
  let isSheet = state.images.isSheet
  let now = ScreenLayout(size, state, isSheet: isSheet)
  return Set(
    Pane.allCases.filter { pane in
      let steps = state.paneSteps.merging([pane: step], uniquingKeysWith: +)
      return ScreenLayout(size, state, isSheet: isSheet, steps: steps) != now
    })
}

/// Measures the room that `draw` has for the picture under the cursor; empty where there is none.
public func previewSize(of state: State) -> Size {
  guard let layout = ScreenLayout(state) else { return Size(width: 0, height: 0) }
  let frame = state.isPictureOpen ? layout.body : layout.preview
  return PreviewPane(state: state).parts(of: frame.inset()).picture.size
}

extension ScreenLayout {
  /// The layout of what a state shows.
  init?(_ state: State) {
    self.init(
      Size(width: state.viewport.columns, height: state.viewport.rows), state,
      isSheet: state.images.isSheet)
  }

  /// The layout of what a state shows after a pane has got more room.
  init?(_ state: State, moving pane: Pane, by steps: Int) {
    self.init(
      Size(width: state.viewport.columns, height: state.viewport.rows), state,
      isSheet: state.images.isSheet,
      steps: state.paneSteps.merging([pane: steps], uniquingKeysWith: +))
  }

  fileprivate init?(
    _ size: Size, _ state: State?, isSheet: Bool = false, steps: [Pane: Int]? = nil
  ) {
    let tagCount = state.map { $0.training.report?.tags.count ?? $0.tags.counts.count }
    self.init(
      size, isSheet: isSheet, tagCount: tagCount ?? .max / 2,
      zoomed: state.flatMap { $0.isZoomed ? $0.focus : nil },
      steps: steps ?? state?.paneSteps ?? [:])
  }
}
