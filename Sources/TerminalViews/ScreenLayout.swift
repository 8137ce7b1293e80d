public import TerminalGrid
public import Workbench

/// Where everything lies on a screen of a given size.
struct ScreenLayout: Equatable {
  let tags: Rectangle
  let images: Rectangle
  let preview: Rectangle
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
  init?(_ size: Size) {
    guard size.width >= Self.leastSize.width, size.height >= Self.leastSize.height else {
      return nil
    }
    let screen = Rectangle(column: 0, row: 0, width: size.width, height: size.height)
    let (body, lines) = screen.splitBottom(2)
    status = lines.line(0)
    keys = lines.line(1)
    if size.width >= Self.threeColumnWidth {
      let columns = body.splitIntoColumns([
        .share(weight: 5, maximum: 36), .share(weight: 8), .share(weight: 10),
      ])
      let right = columns[2].splitIntoRows([.share(weight: 3), .share(weight: 2, minimum: 8)])
      (tags, images, preview, training) = (columns[0], columns[1], right[0], right[1])
    } else {
      let columns = body.splitIntoColumns([.share(weight: 7), .share(weight: 13)])
      let left = columns[0].splitIntoRows([.share(weight: 9), .share(weight: 13)])
      let right = columns[1].splitIntoRows([.share(weight: 13), .share(weight: 9, minimum: 6)])
      (tags, images, preview, training) = (left[0], right[0], left[1], right[1])
    }
  }

  /// The part of the preview pane that the picture fills; the lines below it tell about it.
  var picture: Rectangle {
    preview.inset().splitBottom(PreviewPane.captionRows).rest
  }

  /// The box of a list that lies over the panes: as high as it needs, with a line below its rows.
  static func list(of count: Int, on size: Size) -> Rectangle {
    Rectangle(column: 0, row: 0, width: size.width, height: size.height)
      .inset(horizontal: 1, vertical: 1).centered(width: 84, height: count + 3)
  }
}

/// Measures what `draw` shows on a screen, for `Message.resized` and a new `State`.
public func viewport(of size: Size) -> Viewport {
  let layout = ScreenLayout(size)
  return Viewport(
    columns: size.width, rows: size.height,
    imageRows: layout?.images.inset().height ?? 0,
    tagRows: layout?.tags.inset().height ?? 0,
    trainingRows: max(0, (layout?.training.inset().height ?? 0) - TrainingPane.headRows),
    overlayRows: max(0, ScreenLayout.list(of: .max / 2, on: size).inset().height - 1))
}

/// Measures the room that `draw` has for the preview's picture; empty where there is none.
public func previewSize(of viewport: Viewport) -> Size {
  ScreenLayout(Size(width: viewport.columns, height: viewport.rows))?.picture.size
    ?? Size(width: 0, height: 0)
}
