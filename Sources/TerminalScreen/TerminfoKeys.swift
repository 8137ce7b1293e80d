import CNcurses
import TerminalGrid

/// The key sequences that terminfo gives for this terminal.
enum TerminfoKeys {
  private static let named: [(name: String, press: KeyPress)] = [
    ("kcuu1", KeyPress(.up)), ("kcud1", KeyPress(.down)), ("kcub1", KeyPress(.left)),
    ("kcuf1", KeyPress(.right)), ("khome", KeyPress(.home)), ("kend", KeyPress(.end)),
    ("kpp", KeyPress(.pageUp)), ("knp", KeyPress(.pageDown)), ("kich1", KeyPress(.insert)),
    ("kdch1", KeyPress(.delete)), ("kent", KeyPress(.enter)), ("kcbt", KeyPress(.tab, .shift)),
  ]

  /// What the open terminal sends, by key; only sequences that begin with an escape byte and are no
  /// single key.
  @ScreenActor
  static func sequences() -> [[UInt8]: KeyPress] {
    let functions = (1...12).map { ("kf\($0)", KeyPress(.function($0))) }
    var sequences: [[UInt8]: KeyPress] = [:]
    for (name, press) in named + functions {
      guard let text = cncurses_key_sequence(name) else { continue }
      let bytes = Array(String(cString: text).utf8)
      if bytes.count > 1, bytes[0] == 0x1B { sequences[bytes] = press }
    }
    return sequences
  }
}
