import WorkbenchTesting

/// Text of pieces that are hard to place, in random order.
func randomText(using generator: inout SplitMix64) -> String {
  let pieces = [
    "a", "Daisy", " ", "日", "本語", "한", "é", "e\u{301}", "\u{301}", "👩‍👩‍👧", "🇩🇪", "🇩", "❤️", "नि",
    "\u{200B}", "\u{202E}",
    "\t", "\n", "\u{1B}[2J", "\u{115F}", "ᅡ", "\u{FE0F}", "\u{10FFFF}", "ｱ", "｡", "█",
  ]
  return (0..<Int.random(in: 0..<8, using: &generator))
    .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
}
