/// What a program says about an image: texts under keys.
public struct ImageMetadata: Hashable, Sendable {
  public var entries: [String: String]

  public init(_ entries: [String: String] = [:]) { self.entries = entries }

  /// What `text` gave; of any other text, what can be read of it.
  public init(text: String) {
    entries = [:]
    // By scalars: a carriage return before the end of a line would make one character with it.
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: true) {
      let halves = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { continue }
      entries[Self.unescaped(halves[0])] = Self.unescaped(halves[1])
    }
  }

  /// One text for all of it, the same for the same entries; empty without any.
  public var text: String {
    entries.sorted { $0.key < $1.key }
      .map { "\(Self.escaped($0.key))\t\(Self.escaped($0.value))" }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func unescaped(_ text: Substring.UnicodeScalarView) -> String {
    var result = ""
    var scalars = text
    while let scalar = scalars.popFirst() {
      guard scalar == "\\", let next = scalars.popFirst() else {
        result.unicodeScalars.append(scalar)
        continue
      }
      switch next {
      case "n": result += "\n"
      case "t": result += "\t"
      default: result.unicodeScalars.append(next)
      }
    }
    return result
  }
}
