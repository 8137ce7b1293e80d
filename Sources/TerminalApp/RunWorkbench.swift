public import Dataset
import Glibc
public import ProjectLibrary
public import TerminalGrid
import TerminalScreen
import Thumbnails
public import Workbench

/// Shows the workbench on this process's terminal until a person leaves it.
///
/// When it ends, everything that was changed is on the disk and the terminal is as it was. A signal
/// that asks the process to end is obeyed once that is done: then this does not return. While it
/// runs, SIGTERM, SIGINT and SIGHUP are its own.
///
/// - Parameters:
///   - project: The project to be shown; one of the library.
///   - settings: What the person has set, and where themes and settings lie.
///   - logPath: A file that standard error is appended to meanwhile; its folder must exist.
///   - canEmbed: Whether the backbones are in place.
/// - Throws: `TerminalScreenError` when the terminal cannot be taken; then nothing was changed.
@ScreenActor
public func runWorkbench(
  on library: Library, project: Project, settings: WorkbenchSettings, logPath: String,
  canEmbed: Bool, wording: WorkbenchWording
) async throws {
  let mailbox = Mailbox()
  let screen = try CursesScreen(
    usesMouse: settings.preferences.usesMouse, standardErrorLog: logPath
  ) { mailbox.ring() }
  defer { screen.close() }
  let signals = TerminationSignals { mailbox.post(.terminated(signal: $0)) }
  let controller = Controller(
    project: project,
    desk: LibraryDesk(
      library: library, project: project, canEmbed: canEmbed, wording: wording,
      liveLimit: settings.preferences.liveLimit),
    screen: screen, preferences: settings.preferences, layout: settings.layout, mailbox: mailbox,
    clock: ContinuousClock(),
    surroundings: Controller.Surroundings(
      renderer: { symbols in
        ThumbnailRenderer(
          style: symbolStyle(symbols, showsUnicode: screen.showsUnicode),
          colorLevel: screen.colorLevel, cellAspect: screen.cellAspect)
      },
      stopProcess: { screen.stopProcess() }, theme: settings.theme,
      saveSetting: settings.save,
      saveLayout: settings.saveLayout))
  let signal = await controller.run()
  screen.close()
  signals.end()
  if let signal { endProcess(by: signal) }
}

/// What a person has set, and how that is read and kept.
public struct WorkbenchSettings: Sendable {
  public let preferences: Preferences
  /// How the screen was divided the last time.
  public let layout: PaneLayout
  /// Reads a theme by name.
  public let theme: @Sendable (String) throws -> Theme
  /// Keeps a setting for the next start.
  public let save: @Sendable (Setting) throws -> Void
  /// Keeps how the screen is divided for the next start.
  public let saveLayout: @Sendable (PaneLayout) throws -> Void

  public init(
    preferences: Preferences, layout: PaneLayout,
    theme: @escaping @Sendable (String) throws -> Theme,
    save: @escaping @Sendable (Setting) throws -> Void,
    saveLayout: @escaping @Sendable (PaneLayout) throws -> Void
  ) {
    self.preferences = preferences
    self.layout = layout
    self.theme = theme
    self.save = save
    self.saveLayout = saveLayout
  }
}

/// The style that a person has chosen, as far as the terminal can show it.
private func symbolStyle(_ symbols: PictureSymbols, showsUnicode: Bool) -> SymbolStyle {
  guard showsUnicode else { return .ascii }
  switch symbols {
  case .blocks: return .blocks
  case .halfBlocks: return .halfBlocks
  case .braille: return .braille
  case .ascii: return .ascii
  }
}

/// Ends this process as a signal does that nobody catches, so that its parent sees why.
private func endProcess(by signal: Int32) {
  // Whoever listened for it with signalfd has left it blocked.
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, signal)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  raise(signal)
}
