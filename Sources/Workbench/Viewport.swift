/// How much the screen shows: measured by the views, used to move by pages and to load what is
/// seen.
public struct Viewport: Equatable, Sendable {
  public let columns: Int
  public let rows: Int
  /// Rows of the image list that are visible.
  public let imageRows: Int
  /// Pictures of the contact sheet that are visible side by side, and one above the other.
  public let sheetColumns: Int
  public let sheetLines: Int
  /// Rows of the tags pane that are visible.
  public let tagRows: Int
  /// Rows of the training pane's table that are visible.
  public let trainingRows: Int
  /// Rows of a list that lies over the panes.
  public let overlayRows: Int
  /// The panes that can still be given more room, and those that can be given less.
  public let widenable: Set<Pane>
  public let narrowable: Set<Pane>

  public init(
    columns: Int, rows: Int, imageRows: Int, sheetColumns: Int = 4, sheetLines: Int = 2,
    tagRows: Int, trainingRows: Int, overlayRows: Int, widenable: Set<Pane> = [],
    narrowable: Set<Pane> = []
  ) {
    self.columns = columns
    self.rows = rows
    self.imageRows = imageRows
    self.sheetColumns = sheetColumns
    self.sheetLines = sheetLines
    self.tagRows = tagRows
    self.trainingRows = trainingRows
    self.overlayRows = overlayRows
    self.widenable = widenable
    self.narrowable = narrowable
  }
}
