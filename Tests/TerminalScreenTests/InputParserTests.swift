import TerminalGrid
import Testing
import WorkbenchTesting

@testable import TerminalScreen

@Suite struct InputParserTests {
  @Test(arguments: [
    ("q", [KeyPress("q")]),
    ("T", [KeyPress("T")]),
    ("é花👍", [KeyPress("é"), KeyPress("花"), KeyPress("👍")]),
    ("\r\n\t", [KeyPress(.enter), KeyPress(.enter), KeyPress(.tab)]),
    ("\u{12}\u{1A}\u{0}\u{1C}", "rz \\".map { KeyPress($0, .control) }),
    ("\u{7F}\u{8}", [KeyPress(.backspace), KeyPress(.backspace)]),
    ("\u{1B}[A\u{1B}OB", [KeyPress(.up), KeyPress(.down)]),
    ("\u{1B}[1;5C", [KeyPress(.right, .control)]),
    ("\u{1B}[1;4D", [KeyPress(.left, [.alt, .shift])]),
    ("\u{1B}[Z", [KeyPress(.tab, .shift)]),
    ("\u{1B}[H\u{1B}[4~\u{1B}[7~", [KeyPress(.home), KeyPress(.end), KeyPress(.home)]),
    ("\u{1B}[5~\u{1B}[6;5~", [KeyPress(.pageUp), KeyPress(.pageDown, .control)]),
    ("\u{1B}[2~\u{1B}[3~", [KeyPress(.insert), KeyPress(.delete)]),
    ("\u{1B}OP\u{1B}[[E\u{1B}[17~", [1, 5, 6].map { KeyPress(.function($0)) }),
    ("\u{1B}[24~\u{1B}[15~", [12, 5].map { KeyPress(.function($0)) }),
    ("\u{1B}x\u{1B}é\u{1B}\r", [KeyPress("x", .alt), KeyPress("é", .alt), KeyPress(.enter, .alt)]),
    ("\u{1B}\u{1B}[A", [KeyPress(.up, .alt)]),
    ("\u{1B}[97;5u\u{1B}[27;5;13~", [KeyPress("a", .control), KeyPress(.enter, .control)]),
    ("\u{1B}Oq\u{1B}OM", [KeyPress("1"), KeyPress(.enter)]),
  ])
  func keysAreRecognised(text: String, presses: [KeyPress]) {
    #expect(events(Array(text.utf8)) == presses.map(Input.key))
  }

  @Test func escapeIsAKeyOnlyAfterAPause() {
    var parser = InputParser()
    parser.append([0x1B])
    #expect(parser.next() == nil)
    #expect(parser.isUndecided)
    #expect(parser.next(afterPause: true) == .key(KeyPress(.escape)))
    #expect(!parser.isUndecided)
    parser.append([0x1B])
    #expect(parser.next() == nil)
    parser.append(Array("[A".utf8))
    #expect(parser.next() == .key(KeyPress(.up)))
  }

  @Test func aPauseTurnsTheStartOfASequenceIntoAltKeys() {
    #expect(events(Array("\u{1B}[".utf8)) == [.key(KeyPress("[", .alt))])
    #expect(events(Array("\u{1B}O".utf8)) == [.key(KeyPress("O", .alt))])
    #expect(events([0x1B, 0x1B]) == [.key(KeyPress(.escape)), .key(KeyPress(.escape))])
  }

  @Test func answersOfTheTerminalAreSwallowed() {
    let answers =
      "\u{1B}[?62;22c\u{1B}[24;80R\u{1B}[I\u{1B}[O\u{1B}[?2026;2$y\u{1B}[>1;10;0c\u{1B}[5 q"
    #expect(events(Array((answers + "k").utf8)) == [.key(KeyPress("k"))])
  }

  @Test func brokenUTF8IsSwallowed() {
    #expect(events([0xC3, 0x28, 0xFF, 0xE2, 0x82]) == [.key(KeyPress("("))])
  }

  @Test func pastesAreOneEventHoweverTheyAreCut() {
    let paste = "\u{1B}[200~/tmp/花.jpg\r\nq\u{1B}[A\u{1B}[201\r\u{1B}[201~x"
    let expected: [Input] = [
      .paste("/tmp/花.jpg\nq\u{1B}[A\u{1B}[201\n"), .key(KeyPress("x")),
    ]
    #expect(events(Array(paste.utf8)) == expected)
    for size in 1...9 { #expect(events(Array(paste.utf8), inPiecesOf: size) == expected) }
  }

  @Test func largePastesTakeTimeInProportion() {
    var parser = InputParser()
    parser.append(Array("\u{1B}[200~".utf8))
    let piece = Array(repeating: UInt8(ascii: "a"), count: 4096)
    for _ in 0..<2000 {
      parser.append(piece)
      #expect(parser.next() == nil)
    }
    parser.append(Array("\u{1B}[201~".utf8))
    #expect(parser.next() == .paste(String(repeating: "a", count: 4096 * 2000)))
  }

  @Test(arguments: [
    ("\u{1B}[<0;11;6M", MouseEvent(.press(.left), at: Position(column: 10, row: 5))),
    ("\u{1B}[<0;11;6m", MouseEvent(.release(.left), at: Position(column: 10, row: 5))),
    ("\u{1B}[<34;300;1M", MouseEvent(.drag(.right), at: Position(column: 299, row: 0))),
    ("\u{1B}[<64;1;1M", MouseEvent(.wheelUp, at: Position(column: 0, row: 0))),
    ("\u{1B}[<81;1;2M", MouseEvent(.wheelDown, at: Position(column: 0, row: 1), .control)),
  ])
  func mouseReportsAreRecognised(text: String, event: MouseEvent) {
    #expect(events(Array(text.utf8)) == [.mouse(event)])
  }

  @Test func mouseReportsThatMeanNothingHereAreSwallowed() {
    let reports = "\u{1B}[<35;1;1M\u{1B}[<66;1;1M\u{1B}[<0;0;1M\u{1B}[<0;1M\u{1B}[M !!"
    #expect(events(Array((reports + "k").utf8)) == [.key(KeyPress("k"))])
  }

  @Test func theTerminalsOwnSequencesWin() {
    var parser = InputParser(terminalKeys: [Array("\u{1B}[25~".utf8): KeyPress(.function(9))])
    parser.append(Array("\u{1B}[25~".utf8))
    #expect(parser.next() == .key(KeyPress(.function(9))))
  }

  /// Whatever comes, however cut, all of it is consumed and the events are the same.
  @Test(arguments: 0..<200) func randomBytesNeverTrapAndCutsDoNotMatter(seed: Int) {
    var random = SplitMix64(seed: seed)
    let alphabet =
      Array("\u{1B}[[[OO<;;~~mMuAZ0123[200~[201~ aé花\r\u{7F}".utf8) + [0xFF, 0x80, 0xF0]
    let bytes = (0..<80).map { _ in alphabet.randomElement(using: &random) ?? 0 }
    let whole = events(bytes)
    for size in [1, 2, 3, 7] { #expect(events(bytes, inPiecesOf: size) == whole) }
  }

  private func events(_ bytes: [UInt8], inPiecesOf size: Int = .max) -> [Input] {
    var parser = InputParser()
    var events: [Input] = []
    for start in stride(from: 0, to: bytes.count, by: min(size, bytes.count)) {
      parser.append(bytes[start..<min(bytes.count, start + min(size, bytes.count))])
      while let input = parser.next() { events.append(input) }
    }
    while let input = parser.next(afterPause: true) { events.append(input) }
    #expect(!parser.isUndecided)
    return events
  }
}
