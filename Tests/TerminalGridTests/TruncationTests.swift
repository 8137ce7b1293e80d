import TerminalGrid
import Testing
import WorkbenchTesting

@Suite struct TruncationTests {
  @Test func eitherEndCanBeKept() {
    #expect("daffodil".truncated(to: 8) == "daffodil")
    #expect("daffodil".truncated(to: 5) == "daff…")
    #expect("photos/daffodil.jpg".truncated(to: 9, keeping: .end) == "…odil.jpg")
    #expect("daffodil".truncated(to: 1) == "…")
    #expect("daffodil".truncated(to: 0) == "")
    #expect("daffodil".truncated(to: 5, ellipsis: "~") == "daff~")
  }

  @Test func wideCharactersLeaveAColumnRatherThanHalf() {
    #expect("日本語".truncated(to: 4) == "日…")
    #expect("日本語".padded(to: 4) == "日… ")
    #expect("日本語".paddedLeft(to: 8) == "  日本語")
  }

  @Test(arguments: 0..<200) func resultsFit(seed: Int) {
    var random = SplitMix64(seed: seed)
    let text = randomText(using: &random)
    let columns = Int.random(in: 0..<14, using: &random)
    for keeping in [Keeping.beginning, .end] {
      #expect(displayWidth(of: text.truncated(to: columns, keeping: keeping)) <= columns)
      #expect(displayWidth(of: text.padded(to: columns, keeping: keeping)) == columns)
      #expect(displayWidth(of: text.paddedLeft(to: columns, keeping: keeping)) == columns)
    }
  }
}
