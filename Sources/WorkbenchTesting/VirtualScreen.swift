public import TerminalGrid

/// A screen without a terminal: it keeps what was drawn and hands out what a test typed.
@ScreenActor
public final class VirtualScreen: Screen {
  public private(set) var size: Size
  public let colorLevel: ColorLevel
  public let showsUnicode: Bool
  /// What was drawn last.
  public private(set) var shown: Grid?
  public private(set) var drawCount = 0
  public private(set) var isSuspended = false
  public private(set) var isClosed = false
  private var inputs: [Input] = []

  public init(
    _ size: Size, colorLevel: ColorLevel = .monochrome, showsUnicode: Bool = true
  ) {
    self.size = size
    self.colorLevel = colorLevel
    self.showsUnicode = showsUnicode
  }

  /// Queues what a person does next.
  public func type(_ inputs: Input...) { self.inputs += inputs }

  /// Changes the size and queues the news of it.
  public func resize(to size: Size) {
    self.size = size
    inputs.append(.resize(size))
  }

  public func draw(_ grid: Grid) {
    precondition(!isClosed && !isSuspended, "drawn on without a terminal")
    shown = grid
    drawCount += 1
  }

  public func nextInput() -> Input? { inputs.isEmpty ? nil : inputs.removeFirst() }

  public func suspend() { isSuspended = true }

  public func resume() { isSuspended = false }

  public func close() { isClosed = true }
}
