import Glibc

/// Shows what a terminal sends, for tests under tmux: every event becomes a line of the screen.
///
/// `q` quits; Alt-c crashes, Alt-a aborts and Alt-e exits without closing the screen; Alt-w writes
/// to standard error; Ctrl-Z stops. The one argument is the file for standard error.

let probe: Probe
do {
  probe = try await Probe(log: CommandLine.arguments[1])
} catch {
  print("refused: \(error)")
  exit(3)
}
await probe.run()
