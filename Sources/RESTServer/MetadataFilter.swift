/// A condition on the metadata of images: `color eq 'red' and size ne 'small'`.
///
/// `and` binds closer than `or`; parentheses group. Keys and values compare exactly; an image without
/// a key differs from every value.
indirect enum MetadataFilter: Equatable {
  case equal(key: String, value: String)
  case different(key: String, value: String)
  case all([MetadataFilter])
  case any([MetadataFilter])

  /// Reads a filter as clients write it, also with `metadata=` before it.
  ///
  /// - Throws: `ServiceError` for what is no filter.
  init(_ text: String) throws(ServiceError) {
    let start = text.drop { $0.isWhitespace }
    let body = start.lowercased().hasPrefix("metadata=") ? start.dropFirst(9) : start
    var words = try Self.words(of: body)[...]
    self = try Self.alternatives(&words, depth: 0)
    guard words.isEmpty else { throw Self.broken }
  }

  func admits(_ metadata: [String: String]) -> Bool {
    switch self {
    case .equal(let key, let value): metadata[key] == value
    case .different(let key, let value): metadata[key] != value
    case .all(let parts): parts.allSatisfy { $0.admits(metadata) }
    case .any(let parts): parts.contains { $0.admits(metadata) }
    }
  }

  private enum Word: Equatable {
    case plain(String)
    case quoted(String)
    case open, close
  }

  private static var broken: ServiceError {
    .badRequest("A filter is written like this: key eq 'value' and other ne 'value'.")
  }

  private static func words(of text: Substring) throws(ServiceError) -> [Word] {
    var words: [Word] = []
    var rest = text
    while let character = rest.first {
      if character.isWhitespace {
        rest.removeFirst()
      } else if character == "(" || character == ")" {
        words.append(character == "(" ? .open : .close)
        rest.removeFirst()
      } else if character == "'" {
        words.append(.quoted(try quoted(&rest)))
      } else {
        let word = rest.prefix { !$0.isWhitespace && $0 != "(" && $0 != ")" && $0 != "'" }
        words.append(.plain(String(word)))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }

  /// Two quotes inside stand for one.
  private static func quoted(_ rest: inout Substring) throws(ServiceError) -> String {
    var value = ""
    rest.removeFirst()
    while let character = rest.popFirst() {
      guard character == "'" else {
        value.append(character)
        continue
      }
      guard rest.first == "'" else { return value }
      rest.removeFirst()
      value.append("'")
    }
    throw broken
  }

  private static func alternatives(
    _ words: inout ArraySlice<Word>, depth: Int
  ) throws(ServiceError) -> MetadataFilter {
    var parts = [try conjunction(&words, depth: depth)]
    while take("or", from: &words) { parts.append(try conjunction(&words, depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private static func conjunction(
    _ words: inout ArraySlice<Word>, depth: Int
  ) throws(ServiceError) -> MetadataFilter {
    var parts = [try comparison(&words, depth: depth)]
    while take("and", from: &words) { parts.append(try comparison(&words, depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private static func comparison(
    _ words: inout ArraySlice<Word>, depth: Int
  ) throws(ServiceError) -> MetadataFilter {
    switch words.popFirst() {
    case .open:
      // Every level costs stack.
      guard depth < 32 else { throw broken }
      let inner = try alternatives(&words, depth: depth + 1)
      guard words.popFirst() == .close else { throw broken }
      return inner
    case .plain(let key), .quoted(let key):
      guard case .plain(let comparison) = words.popFirst(),
        case .quoted(let value) = words.popFirst()
      else { throw broken }
      switch comparison.lowercased() {
      case "eq": return .equal(key: key, value: value)
      case "ne": return .different(key: key, value: value)
      default: throw broken
      }
    case .close, nil: throw broken
    }
  }

  private static func take(_ word: String, from words: inout ArraySlice<Word>) -> Bool {
    guard case .plain(let text) = words.first, text.lowercased() == word else { return false }
    words.removeFirst()
    return true
  }
}
