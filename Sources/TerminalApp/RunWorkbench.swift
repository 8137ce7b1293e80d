public import Dataset
import Glibc
public import ProjectLibrary
public import TerminalGrid
import TerminalScreen
import Thumbnails

/// Shows the workbench on this process's terminal until a person leaves it.
///
/// When it ends, everything that was changed is on the disk and the terminal is as it was. A signal
/// that asks the process to end is obeyed once that is done: then this does not return. While it
/// runs, SIGTERM, SIGINT and SIGHUP are its own.
///
/// - Parameters:
///   - project: The project to be shown; one of the library.
///   - theme: How it looks; what the terminal cannot show is replaced.
///   - logPath: A file that standard error is appended to meanwhile; its folder must exist.
///   - canEmbed: Whether the backbones are in place.
/// - Throws: `TerminalScreenError` when the terminal cannot be taken; then nothing was changed.
@MainActor
public func runWorkbench(
  on library: Library, project: Project, theme: Theme, logPath: String, canEmbed: Bool,
  wording: WorkbenchWording
) async throws {
  let mailbox = Mailbox()
  // The mouse means nothing yet, and people want to select text with it.
  let screen = try CursesScreen(usesMouse: false, standardErrorLog: logPath) { mailbox.ring() }
  defer { screen.close() }
  let signals = TerminationSignals { mailbox.post(.terminated(signal: $0)) }
  let style: SymbolStyle = screen.showsUnicode ? .blocks : .ascii
  let controller = Controller(
    project: project,
    desk: LibraryDesk(
      library: library, project: project, canEmbed: canEmbed, wording: wording),
    screen: screen, theme: theme, mailbox: mailbox, clock: ContinuousClock(),
    surroundings: Controller.Surroundings(
      renderer: {
        ThumbnailRenderer(
          style: style, colorLevel: screen.colorLevel, cellAspect: screen.cellAspect)
      },
      stopProcess: { screen.stopProcess() }))
  let signal = await controller.run()
  screen.close()
  signals.end()
  if let signal { endProcess(by: signal) }
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
