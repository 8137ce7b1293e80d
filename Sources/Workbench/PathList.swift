/// Returns the paths that a line typed or pasted names.
///
/// Written as in a shell: blanks and line ends part paths, quotes and backslashes keep blanks, and
/// a terminal's `file://` addresses are read as the paths they mean. A quote that is not closed
/// reaches to the end.
public func pathList(in text: String) -> [String] {
  var paths: [String] = []
  var word = ""
  var hasWord = false
  var quote: Character?
  var isEscaped = false
  func finish() {
    if hasWord { paths.append(pathOfAddress(word)) }
    word = ""
    hasWord = false
  }
  for character in text {
    if isEscaped {
      // Inside double quotes a backslash keeps its meaning only before what it can protect.
      if quote == "\"", character != "\"", character != "\\" { word.append("\\") }
      word.append(character)
      isEscaped = false
    } else if character == "\\", quote != "'" {
      isEscaped = true
      hasWord = true
    } else if let open = quote {
      if character == open { quote = nil } else { word.append(character) }
    } else if character == "'" || character == "\"" {
      quote = character
      hasWord = true
    } else if character.isWhitespace {
      finish()
    } else {
      word.append(character)
      hasWord = true
    }
  }
  if isEscaped { word.append("\\") }
  finish()
  return paths.filter { !$0.isEmpty }
}

/// Returns a line that `pathList(in:)` reads as these paths.
public func pathListText(_ paths: [String]) -> String {
  paths.map { path in
    let isPlain = path.allSatisfy { !$0.isWhitespace && $0 != "'" && $0 != "\"" && $0 != "\\" }
    let isAddress = path.hasPrefix("file://")
    guard !isPlain || isAddress else { return path }
    let quoted = path.split(separator: "'", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "'\($0)'" }
    return quoted.joined(separator: "\\'")
  }.joined(separator: " ")
}

/// Whether text is meant as a path beyond doubt: absolute, or from the home or the working folder.
func isPlainlyAPath(_ text: String) -> Bool {
  ["/", "~/", "./", "../"].contains { text.hasPrefix($0) }
}

/// The path that a `file://` address means; other text as it is.
private func pathOfAddress(_ text: String) -> String {
  let scheme = "file://"
  guard text.hasPrefix(scheme) else { return text }
  // The name of a computer may stand between the scheme and the path; files are on this one.
  guard let slash = text.dropFirst(scheme.count).firstIndex(of: "/") else { return text }
  return decodingPercents(text[slash...])
}

private func decodingPercents(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    let digits = rest.prefix(2)
    if byte == UInt8(ascii: "%"), digits.count == 2,
      let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
