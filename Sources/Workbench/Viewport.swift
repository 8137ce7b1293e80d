/// How much the screen shows: measured by the views, used to move by pages and to load what is
/// seen.
public struct Viewport: Equatable, Sendable {
  public let columns: Int
  public let rows: Int
  /// Rows of the image list that are visible.
  public let imageRows: Int
  /// Rows of the tags pane that are visible.
  public let tagRows: Int
  /// Rows of the training pane's table that are visible.
  public let trainingRows: Int
  /// Rows of a list that lies over the panes.
  public let overlayRows: Int

  public init(
    columns: Int, rows: Int, imageRows: Int, tagRows: Int, trainingRows: Int, overlayRows: Int
  ) {
    self.columns = columns
    self.rows = rows
    self.imageRows = imageRows
    self.tagRows = tagRows
    self.trainingRows = trainingRows
    self.overlayRows = overlayRows
  }
}
