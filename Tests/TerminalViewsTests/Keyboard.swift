import Dataset
import TerminalGrid
import TerminalViews
import Workbench
import WorkbenchTesting

/// A person at a virtual terminal: keys go in, the screen is looked at.
struct Keyboard {
  private var session: WorkbenchSession
  /// Without colour, so that golden files show what can be told apart by shape alone.
  var theme = Theme(name: "test", styles: Keyboard.styles)
  /// Whether the library has stopped answering.
  var holdsAnswers = false
  private var lastJob: JobID?

  init(imageCount: Int, tags: [String], _ size: Size) {
    self.init(SampleProject.library(imageCount: imageCount, tags: tags), size)
  }

  init(_ library: MemoryLibrary, _ size: Size) {
    session = WorkbenchSession(library, viewport: viewport(of: size))
    send(.resized(viewport(of: size, in: session.state)))
  }

  var state: State { session.state }

  /// What was asked of the library that it leaves to the test.
  var unanswered: [Effect] { session.library.unanswered }

  /// How the screen was divided when that was to be kept last.
  var savedLayout: PaneLayout? { session.library.savedLayout }

  var screen: Grid { draw(session.state, theme: theme) { Self.picture($0, $1) } }

  mutating func type(_ characters: Character...) {
    for character in characters { press(KeyPress(character)) }
  }

  mutating func press(_ key: KeyPress) { take(.key(key)) }

  mutating func paste(_ text: String) { take(.paste(text)) }

  mutating func take(_ input: Input) {
    if let message = message(for: input, in: session.state) { send(message) }
  }

  mutating func send(_ message: Message) {
    if holdsAnswers {
      _ = session.sendWithoutAnswers(message)
    } else {
      session.send(message)
    }
    // As the program does before it draws.
    let size = Size(width: state.viewport.columns, height: state.viewport.rows)
    let measured = viewport(of: size, in: state)
    if measured != state.viewport { send(.resized(measured)) }
  }

  /// Sends what the job that was started last reports.
  mutating func sendToJob(_ message: (JobID) -> Message) {
    for effect in session.library.unanswered {
      switch effect {
      case .startTraining(let id, _): lastJob = id
      case .startImport(let request): lastJob = request.job
      default: break
      }
    }
    if let lastJob { send(message(lastJob)) }
  }

  /// A picture of half the height that there is, with a frame of its own.
  private static func picture(_ content: ContentHash, _ size: Size) -> Grid {
    var grid = Grid(width: size.width, height: max(1, size.height / 2))
    grid.fill(grid.bounds, with: "%")
    return grid
  }

  private static let styles: [Role: Style] = [
    .dim: Style(.standard, on: .standard, .dim),
    .selection: Style(.standard, on: .standard, .reverse),
    .inactiveSelection: Style(.standard, on: .standard, .underline),
    .marked: Style(.standard, on: .standard, .bold),
    .pending: Style(.standard, on: .standard, [.italic, .bold]),
    .bad: Style(.standard, on: .standard, [.bold, .reverse]),
    .focusedBorder: Style(.standard, on: .standard, .bold),
    .focusedTitle: Style(.standard, on: .standard, [.bold, .reverse]),
    .input: Style(.standard, on: .standard, .underline),
    .barEmpty: Style(.standard, on: .standard, .dim),
  ]
}
