/// Values with commas between, as RFC 4180 has it; semicolons and tabs are read, too.
enum CSV {
  struct Record: Equatable {
    let fields: [String]
    /// The line that it begins in, from 1.
    let line: Int
  }

  /// A field as it is written: in quotation marks where it needs them.
  static func field(_ text: String) -> String {
    let isPlain = !text.unicodeScalars.contains { "\",;\t\r\n".unicodeScalars.contains($0) }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The records of a text; lines with nothing in them are none. What parts the fields is what the
  /// first line has most of.
  static func records(of text: String) throws(LabelTableError) -> [Record] {
    var parser = Parser(separator: separator(of: text))
    // Scalars, since "\r\n" is one character.
    for scalar in text.unicodeScalars { parser.take(scalar) }
    return try parser.end()
  }

  private static func separator(of text: String) -> Unicode.Scalar {
    let first = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    let counts = [",", ";", "\t"].map { (mark: Unicode.Scalar) in
      (mark: mark, count: first.count { $0 == mark })
    }
    return counts.reduce(counts[0]) { $1.count > $0.count ? $1 : $0 }.mark
  }

  private struct Parser {
    private enum Place { case start, plain, quoted, afterQuote }

    let separator: Unicode.Scalar
    private var records: [Record] = []
    private var fields: [String] = []
    private var field = String.UnicodeScalarView()
    private var place = Place.start
    private var line = 1
    private var startLine = 1
    private var quoteLine = 1
    private var followsReturn = false

    init(separator: Unicode.Scalar) { self.separator = separator }

    mutating func take(_ scalar: Unicode.Scalar) {
      let endsPair = scalar == "\n" && followsReturn
      followsReturn = scalar == "\r"
      if scalar == "\r" || (scalar == "\n" && !endsPair) { line += 1 }
      switch (place, scalar) {
      case (.quoted, "\""): place = .afterQuote
      case (.quoted, _): field.append(scalar)
      case (.afterQuote, "\""):
        field.append(scalar)
        place = .quoted
      case (_, separator): endField()
      case (_, "\r"), (_, "\n"):
        if !endsPair { endRecord() }
        startLine = line
      case (.start, "\""):
        place = .quoted
        quoteLine = line
      case (_, _):
        field.append(scalar)
        if place == .start { place = .plain }
      }
    }

    mutating func end() throws(LabelTableError) -> [Record] {
      if place == .quoted { throw .quoteOpen(line: quoteLine) }
      endRecord()
      return records
    }

    private mutating func endField() {
      fields.append(String(field))
      field = String.UnicodeScalarView()
      place = .start
    }

    private mutating func endRecord() {
      let isEmpty = fields.isEmpty && field.isEmpty && place == .start
      if !isEmpty {
        endField()
        records.append(Record(fields: fields, line: startLine))
      }
      fields = []
      place = .start
    }
  }
}
