public import Workbench

/// A workbench on a library in memory: messages go in, effects are answered until nothing is left
/// to do.
public struct WorkbenchSession {
  public private(set) var state: State
  public var library: MemoryLibrary

  /// Opens the library on a screen.
  public init(_ library: MemoryLibrary, viewport: Viewport) {
    self.library = library
    state = State(project: library.project, viewport: viewport)
    send(.opened)
  }

  /// Takes a message in and carries out all that follows, in order.
  public mutating func send(_ message: Message) {
    var messages = [message]
    while !messages.isEmpty {
      let effects = update(&state, messages.removeFirst())
      for effect in effects { messages += library.answer(effect) }
    }
  }

  /// Takes a message in and returns what is to be done, without doing it.
  public mutating func sendWithoutAnswers(_ message: Message) -> [Effect] {
    update(&state, message)
  }

  public mutating func run(_ commands: Command...) {
    for command in commands { send(.command(command)) }
  }
}

extension Viewport {
  /// About what a screen of 80 × 24 shows.
  public static let small = Viewport(
    columns: 80, rows: 24, imageRows: 11, tagRows: 7, trainingRows: 5, overlayRows: 20)
}
