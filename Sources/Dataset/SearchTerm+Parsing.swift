extension SearchTerm {
  /// Reads what a person types into a filter: terms with blanks between.
  ///
  /// `tag:`, `name:` and `predicted:` take a word or text in double quotes, which then means the
  /// whole name; `untagged`, `wrong`, `p<0.6` and `size>1mb` stand alone; `-` before a term turns it
  /// round. Whatever is none of these is looked for in names and tags, so that no text is an error
  /// and a term half typed does no harm.
  public static func terms(in text: String) -> [SearchTerm] {
    words(in: text).compactMap(term)
  }

  /// Text that `terms(in:)` reads as a term of this key for a whole name: `tag:"sweet pea"`.
  public static func text(key: String, wholeName: String) -> String {
    "\(key):\"\(wholeName.filter { $0 != "\"" })\""
  }

  /// The words of such a text that look like terms and are none, so that they are looked for in names
  /// or pass all images: a key with nothing behind it or that is not known, and a comparison with
  /// what is no number.
  public static func unknownTerms(in text: String) -> [String] {
    words(in: text).filter(isUnknown).map(\.text)
  }

  private static func isUnknown(_ word: Word) -> Bool {
    var small = word.text.lowercased()
    if small.first == "-", small.count > 1 { small.removeFirst() }
    if let (key, _) = keyed.first(where: { small.hasPrefix($0.0) }) {
      return small.count == key.count
    }
    guard !word.isQuoted else { return false }
    if ["p", "size"].contains(where: { comparison(after: $0, in: small) != nil }) {
      if case .text = term(Word(text: small)) { return true }
      return false
    }
    let key = small.prefix { $0.isASCII && $0.isLetter }
    return !key.isEmpty && small.dropFirst(key.count).first == ":"
  }

  private static func term(_ word: Word) -> SearchTerm? {
    if word.text.first == "-", word.text.count > 1 {
      return term(Word(text: String(word.text.dropFirst()), isQuoted: word.isQuoted))
        .map(SearchTerm.not)
    }
    let small = word.text.lowercased()
    for (key, make) in keyed where small.hasPrefix(key) {
      let value = String(word.text.dropFirst(key.count))
      return value.isEmpty ? nil : make(NamePattern(value, isWhole: word.isQuoted))
    }
    switch small {
    case "": return nil
    case "untagged": return .untagged
    case "tagged": return .not(.untagged)
    case "wrong": return .wrong
    default: break
    }
    if let (sign, value) = comparison(after: "p", in: small), let number = decimal(value) {
      return .probability(sign, number > 1 ? number / 100 : number)
    }
    if let (sign, value) = comparison(after: "size", in: small), let count = byteCount(value) {
      return .size(sign, count)
    }
    return .text(word.text)
  }

  private static let keyed: [(String, @Sendable (NamePattern) -> SearchTerm)] = [
    ("tag:", { .tag($0) }), ("predicted:", { .predicted($0) }), ("name:", { .name($0.text) }),
  ]

  /// The sign and what follows it.
  private static func comparison(
    after key: String, in word: String
  ) -> (Comparison, Substring)? {
    guard word.hasPrefix(key) else { return nil }
    let rest = word.dropFirst(key.count)
    // The longer signs first: `<=` begins with `<`.
    for sign in [Comparison.lessOrEqual, .greaterOrEqual, .less, .greater]
    where rest.hasPrefix(sign.rawValue) {
      return (sign, rest.dropFirst(sign.rawValue.count))
    }
    return nil
  }

  /// A number with an optional point; `nil` for anything else, infinities among it.
  private static func decimal(_ text: Substring) -> Double? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }) else {
      return nil
    }
    return Double(text)
  }

  /// `300`, `12kb`, `1.5mb`, in decimal units.
  private static func byteCount(_ text: Substring) -> Int? {
    let units: [(String, Double)] = [("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("b", 1), ("", 1)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      guard let number = decimal(text.dropLast(unit.count)) else { continue }
      return Int(exactly: (number * factor).rounded())
    }
    return nil
  }

  private struct Word {
    var text = ""
    var isQuoted = false
  }

  /// Words with blanks between; double quotes keep blanks, and one that is not closed reaches to
  /// the end.
  private static func words(in text: String) -> [Word] {
    var words: [Word] = []
    var word: Word?
    var isOpen = false
    for character in text {
      if character == "\"" {
        isOpen.toggle()
        if word == nil { word = Word() }
        if !isOpen { word?.isQuoted = true }
      } else if character.isWhitespace, !isOpen {
        if let word { words.append(word) }
        word = nil
      } else {
        word = word ?? Word()
        word?.text.append(character)
      }
    }
    return words + [word].compactMap { $0 }
  }
}
