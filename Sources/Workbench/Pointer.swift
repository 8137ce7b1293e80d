/// What the mouse points at.
public enum PointerTarget: Hashable, Sendable {
  /// A row of a pane's list, counted from the list's beginning; it may lie behind its end. In the
  /// images pane it is the row of an image.
  case row(Pane, Int)
  /// A row of the list that lies over the panes.
  case overlayRow(Int)
  /// The border where a pane's room ends, and by how many steps of `PaneLayout` the pane has to grow for
  /// the border to come there.
  case border(Pane, steps: Int)
  /// Nothing that has a meaning.
  case nothing
}

public enum PointerAction: Hashable, Sendable {
  case press
  /// Moved with the button held.
  case drag
  case release
}
