/// A place to show grids and to hear keys: a real terminal, or a virtual one in tests.
@ScreenActor
public protocol Screen: AnyObject {
  /// Columns and rows that can be drawn on now.
  var size: Size { get }
  /// The colours that can be told apart here.
  var colorLevel: ColorLevel { get }
  /// Whether anything but ASCII can be shown.
  var showsUnicode: Bool { get }

  /// Shows a grid; parts beyond the screen are cut off, cells beyond the grid stay blank.
  func draw(_ grid: Grid)

  /// Returns the oldest thing that a person did and that was not yet asked for; `nil`, at once,
  /// when there is none.
  func nextInput() -> Input?

  /// Gives the terminal back for a while, as for Ctrl-Z or another program.
  func suspend()

  /// Takes the terminal again after `suspend()`, and shows the last grid.
  func resume()

  /// Restores the terminal for good; calling it again does nothing.
  func close()
}
