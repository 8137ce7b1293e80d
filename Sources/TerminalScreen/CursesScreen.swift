import CNcurses
import Glibc
public import TerminalGrid

/// The terminal that this process runs in, shown through ncurses; the only user of ncurses.
///
/// At most one is open at a time. While open, the terminal is restored also when the process
/// crashes or calls `exit`; SIGTERM, SIGINT and SIGHUP are the application's to catch and to answer
/// with `close()`.
@ScreenActor
public final class CursesScreen: Screen {
  public private(set) var size: Size
  public let colorLevel: ColorLevel
  public let showsUnicode: Bool
  /// Width of a cell divided by its height, as the terminal tells its pixels; 0.5 when it does not.
  public private(set) var cellAspect: Double

  private var colors: ColorTable
  private var widths: [UInt32: Int] = [:]
  private var pieces: [Character: (width: Int, scalars: [CellScalars])] = [:]
  private var parser: InputParser
  private let events: TerminalEvents
  private let sources: TerminalEventSources
  private let log: StandardErrorLog?
  private var shown: Grid?
  /// The last byte for which a pause was waited for.
  private var awaitedByte: ContinuousClock.Instant?
  private var isSuspended = false
  /// Continued in the background: the terminal is the shell's until SIGCONT comes in the foreground.
  private var awaitsForeground = false
  private var isClosed = false

  /// How long after an escape byte the rest of a sequence may come.
  private static let escapeDelay = Duration.milliseconds(25)

  /// Takes the terminal on standard input and output.
  ///
  /// Colours follow terminfo and NO_COLOR, characters the locale, which this sets from the
  /// environment.
  ///
  /// - Parameters:
  ///   - usesMouse: Whether the terminal reports the mouse, which keeps it from selecting text with
  ///     it.
  ///   - standardErrorLog: A file that standard error is appended to while open; it stays where it
  ///     is when `nil`.
  ///   - wake: Called on any thread when `nextInput()` may have something to return.
  /// - Throws: `.notATerminal`, `.unknownTerminal`, `.terminalTooSimple`, `.logNotWritable`,
  ///   `.alreadyOpen`.
  public init(
    usesMouse: Bool = true, standardErrorLog: String? = nil,
    wake: @escaping @Sendable () -> Void
  ) throws(TerminalScreenError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    showsUnicode = TerminalLocale.adopt()
    log =
      if let standardErrorLog { try StandardErrorLog(path: standardErrorLog) } else { nil }
    do throws(TerminalScreenError) {
      try Self.check(cncurses_open(usesMouse))
    } catch {
      log?.end()
      throw error
    }
    cncurses_guard(log?.previous ?? -1)
    colorLevel = Self.colorLevel(
      count: Int(cncurses_color_count()), noColor: TerminalLocale.value(of: "NO_COLOR") != nil)
    colors = ColorTable(
      level: colorLevel, pairLimit: Int(cncurses_pair_count()),
      hasDefaultColors: cncurses_has_default_colors())
    parser = InputParser(terminalKeys: TerminfoKeys.sequences())
    events = TerminalEvents(wake: wake)
    // After cncurses_open: ncurses installs handlers of its own, which the sources replace.
    sources = TerminalEventSources(events)
    (size, cellAspect) = Self.measure()
    cncurses_resize(Int32(size.height), Int32(size.width))
  }

  private static func check(_ result: cncurses_open_result) throws(TerminalScreenError) {
    let name = TerminalLocale.value(of: "TERM")
    switch result {
    case CNCURSES_UNKNOWN_TERMINAL: throw .unknownTerminal(name: name)
    case CNCURSES_TERMINAL_TOO_SIMPLE: throw .terminalTooSimple(name: name)
    case CNCURSES_ALREADY_OPEN: throw .alreadyOpen
    default: break
    }
  }

  static func colorLevel(count: Int, noColor: Bool) -> ColorLevel {
    if noColor || count < 8 { return .monochrome }
    return count < 16 ? .eight : count < 256 ? .sixteen : .full
  }

  private static func measure() -> (Size, cellAspect: Double) {
    var (rows, columns, width, height): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    cncurses_terminal_size(&rows, &columns, &width, &height)
    let size = Size(width: Int(columns), height: Int(rows))
    guard width > 0, height > 0, rows > 0, columns > 0 else { return (size, 0.5) }
    let aspect = Double(width) / Double(columns) / (Double(height) / Double(rows))
    // Some terminals report nonsense; no font is wider than high or thinner than a quarter.
    return (size, (0.25...1).contains(aspect) ? aspect : 0.5)
  }

  public func draw(_ grid: Grid) {
    guard !isSuspended, !isClosed else {
      shown = grid
      return
    }
    let previous = shown?.size == grid.size ? shown : nil
    if previous == nil { cncurses_erase() }
    for row in 0..<min(grid.height, size.height) {
      let all = 0..<grid.width
      let changed = previous.map { grid.changedColumns(inRow: row, since: $0) } ?? all
      guard let changed else { continue }
      for column in changed.clamped(to: 0..<size.width) { put(grid[column, row], column, row) }
    }
    shown = grid
    let cursor = grid.cursor.flatMap { Rectangle(size).contains($0) ? $0 : nil }
    cncurses_show(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? 0))
  }

  private func put(_ cell: Cell, _ column: Int, _ row: Int) {
    guard !cell.isContinuation else { return }
    let (pair, new) = colors.pair(for: cell.style)
    if let new {
      cncurses_define_pair(Int32(pair), Int32(new.foreground), Int32(new.background))
    }
    let fits = column + cell.width <= size.width
    let pieces = fits ? pieces(of: cell) : [CellScalars(offset: 0, scalars: [0x20])]
    // Writing the last cell of the screen would scroll terminals that wrap at once.
    for piece in pieces where column + piece.offset < size.width - (row == size.height - 1 ? 1 : 0)
    {
      cncurses_put(
        Int32(row), Int32(column + piece.offset), piece.scalars, Int32(piece.scalars.count),
        cell.style.attributes.cursesBits, Int32(pair))
    }
  }

  /// What is written for a cell; looked up, since a picture has the same few characters in thousands
  /// of cells.
  private func pieces(of cell: Cell) -> [CellScalars] {
    if let known = pieces[cell.character], known.width == cell.width { return known.scalars }
    let scalars = cellScalars(
      of: cell.character, width: cell.width, showsUnicode: showsUnicode, columns: columns)
    if pieces.count > 5000 { pieces = [:] }
    pieces[cell.character] = (cell.width, scalars)
    return scalars
  }

  private func columns(_ scalar: UInt32) -> Int {
    if let width = widths[scalar] { return width }
    let width = Int(cncurses_width(scalar))
    widths[scalar] = width
    return width
  }

  public func nextInput() -> Input? {
    guard !isClosed, !isSuspended || awaitsForeground else { return nil }
    let arrived = events.take()
    if awaitsForeground {
      guard arrived.isContinued, cncurses_is_foreground() else { return nil }
      resume()
      return .resize(size)
    }
    parser.append(arrived.bytes)
    if arrived.isAskedToStop { stopProcess() }
    if arrived.isContinued {
      isSuspended = true
      resumeInForeground()
    }
    if isSuspended { return nil }
    if arrived.isResized || arrived.isContinued || arrived.isAskedToStop, adoptSize() {
      return .resize(size)
    }
    if let input = parser.next() { return input }
    if parser.isUndecided, let lastByte = arrived.lastByte {
      if lastByte.duration(to: .now) >= Self.escapeDelay {
        if let input = parser.next(afterPause: true) { return input }
      } else if awaitedByte != lastByte {
        awaitedByte = lastByte
        sources.wake(after: Self.escapeDelay)
      }
    }
    guard arrived.isHungUp else { return nil }
    sources.endInput()
    return .hangUp
  }

  /// Reads the terminal's size anew; returns whether it is another one.
  private func adoptSize() -> Bool {
    let previous = size
    (size, cellAspect) = Self.measure()
    guard size != previous else { return false }
    cncurses_resize(Int32(size.height), Int32(size.width))
    shown = nil
    return true
  }

  public func suspend() {
    guard !isSuspended, !isClosed else { return }
    isSuspended = true
    sources.pauseInput()
    cncurses_suspend()
  }

  public func resume() {
    guard isSuspended, !isClosed else { return }
    isSuspended = false
    awaitsForeground = false
    let last = shown
    cncurses_resume()
    sources.resumeInput()
    _ = adoptSize()
    shown = nil
    if let last { draw(last) }
  }

  /// Stops this process and the others of its job, as Ctrl-Z does in a shell; returns when it is
  /// continued.
  public func stopProcess() {
    suspend()
    cncurses_stop_process()
    resumeInForeground()
  }

  /// `kill %1` continues a stopped job without giving it the terminal.
  private func resumeInForeground() {
    awaitsForeground = !cncurses_is_foreground()
    if !awaitsForeground { resume() }
  }

  public func close() {
    guard !isClosed else { return }
    isClosed = true
    sources.end()
    cncurses_close()
    log?.end()
  }
}

extension Rectangle {
  fileprivate init(_ size: Size) {
    self.init(column: 0, row: 0, width: size.width, height: size.height)
  }
}

extension Style.Attributes {
  fileprivate var cursesBits: Int32 {
    var bits: Int32 = 0
    if contains(.bold) { bits |= Int32(CNCURSES_BOLD) }
    if contains(.dim) { bits |= Int32(CNCURSES_DIM) }
    if contains(.italic) { bits |= Int32(CNCURSES_ITALIC) }
    if contains(.underline) { bits |= Int32(CNCURSES_UNDERLINE) }
    if contains(.reverse) { bits |= Int32(CNCURSES_REVERSE) }
    return bits
  }
}
