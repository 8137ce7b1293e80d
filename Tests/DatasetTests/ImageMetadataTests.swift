import Dataset
import Testing
import WorkbenchTesting

@Suite struct ImageMetadataTests {
  @Test(arguments: 0..<50)
  func textGivesTheEntriesBack(seed: Int) {
    var generator = SplitMix64(seed: seed)
    let letters: [Character] = ["a", "b", "\t", "\n", "\r", "\\", "=", "é", "\u{1F33B}"]
    func text() -> String {
      String(
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
          letters.randomElement(using: &generator) ?? "a"
        })
    }
    var metadata = ImageMetadata()
    for _ in 0..<Int.random(in: 0...5, using: &generator) { metadata.entries[text()] = text() }
    #expect(ImageMetadata(text: metadata.text) == metadata)
  }

  @Test func withoutEntriesThereIsNoText() { #expect(ImageMetadata().text.isEmpty) }
}
