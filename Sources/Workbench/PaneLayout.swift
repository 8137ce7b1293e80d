/// How a person has divided the screen: what is remembered from one start to the next.
public struct PaneLayout: Equatable, Sendable {
  /// How many steps of room each pane was given beyond what it has of itself; fewer than 0 took
  /// room away, and a pane that is not named has its usual room.
  public var steps: [Pane: Int]
  /// Whether the images pane shows a contact sheet instead of a list.
  public var isSheet: Bool

  public init(steps: [Pane: Int] = [:], isSheet: Bool = false) {
    self.steps = steps
    self.isSheet = isSheet
  }
}

extension State {
  /// How the screen is divided now.
  public var layout: PaneLayout { PaneLayout(steps: paneSteps, isSheet: images.isSheet) }

  /// Moves the border between the focused pane and its neighbour.
  mutating func resizePane(by step: Int) -> [Effect] {
    moveBorder(of: focus, by: step)
    return [.saveLayout(layout)]
  }

  mutating func moveBorder(of pane: Pane, by steps: Int) {
    paneSteps[pane, default: 0] += steps
    // The picture fills another number of cells now.
    preview = nil
  }

  mutating func toggleSheet() -> [Effect] {
    focus = .images
    leavePicture()
    images.isSheet.toggle()
    // It has another size beside a contact sheet.
    preview = nil
    images.moveCursor(to: images.cursor, page: imagePage)
    return [.saveLayout(layout)]
  }
}
