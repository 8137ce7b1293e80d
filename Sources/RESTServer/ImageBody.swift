/// The pictures that a request's body carries.
enum ImageBody {
  /// One file of the body.
  struct Part: Equatable {
    var name: String
    var bytes: [UInt8]
  }

  /// Reads a body in any of the forms that clients send.
  ///
  /// - Parameter contentType: The header's value.
  /// - Throws: `ServiceError` for a body of several parts that cannot be told apart.
  static func parts(_ body: [UInt8], contentType: String?) throws(ServiceError) -> [Part] {
    guard let contentType, contentType.lowercased().hasPrefix("multipart/"),
      let boundary = parameter("boundary", of: contentType)
    else { return body.isEmpty ? [] : [Part(name: "", bytes: body)] }
    return try multipart(body, boundary: boundary)
  }

  /// Parts whose name is that of a picture, whatever else is said of them.
  private static func multipart(
    _ body: [UInt8], boundary: String
  ) throws(ServiceError) -> [Part] {
    let broken = ServiceError.badRequest("The parts of the body cannot be told apart.")
    let mark = Array("--\(boundary)".utf8)
    var parts: [Part] = []
    guard var start = find(mark, in: body, from: 0) else { throw broken }
    start += mark.count
    while true {
      if body[start...].starts(with: "--".utf8) { return parts }
      guard let head = find(Array("\r\n\r\n".utf8), in: body, from: start),
        let end = find(Array("\r\n".utf8) + mark, in: body, from: head + 2)
      else { throw broken }
      let headers = String(decoding: body[start..<head], as: UTF8.self)
      let disposition = headers.split(whereSeparator: \.isNewline).first {
        $0.lowercased().hasPrefix("content-disposition:")
      }
      if let disposition = disposition.map(String.init),
        let name = parameter("name", of: disposition), name.lowercased().hasPrefix("imagedata")
      {
        let bytes = end > head + 4 ? Array(body[(head + 4)..<end]) : []
        parts.append(Part(name: parameter("filename", of: disposition) ?? "", bytes: bytes))
      }
      start = end + 2 + mark.count
    }
  }

  /// A parameter of a header's value: `boundary=x`, `name="y"`.
  static func parameter(_ name: String, of header: String) -> String? {
    for piece in pieces(of: header).dropFirst() {
      let halves = piece.split(separator: "=", maxSplits: 1)
      guard halves.count == 2, trimmed(halves[0]).lowercased() == name else { continue }
      let value = trimmed(halves[1])
      let isQuoted = value.count > 1 && value.first == "\"" && value.last == "\""
      let bare = isQuoted ? unescaped(value.dropFirst().dropLast()) : value
      return bare.isEmpty ? nil : bare
    }
    return nil
  }

  /// What stands between the semicolons, but for those in quotes.
  private static func pieces(of header: String) -> [String] {
    var pieces = [""]
    var (isQuoted, isEscaped) = (false, false)
    for character in header {
      if character == ";" && !isQuoted {
        pieces.append("")
        continue
      }
      if character == "\"" && !isEscaped { isQuoted.toggle() }
      isEscaped = isQuoted && character == "\\" && !isEscaped
      pieces[pieces.count - 1].append(character)
    }
    return pieces
  }

  /// Quotes and backslashes without the backslash before them; others belong to paths of Windows.
  private static func unescaped(_ text: Substring) -> String {
    var plain = ""
    var isEscaped = false
    for character in text {
      if isEscaped && character != "\"" && character != "\\" { plain.append("\\") }
      isEscaped = character == "\\" && !isEscaped
      if !isEscaped { plain.append(character) }
    }
    return plain
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
    guard start + needle.count <= body.count else { return nil }
    return body.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        var index = start
        let last = bytes.count - needle.count
        while index <= last {
          if bytes[index] == needle[0] {
            var length = 1
            while length < needle.count && bytes[index + length] == needle[length] { length += 1 }
            if length == needle.count { return index }
          }
          index += 1
        }
        return nil
      }
    }
  }
}
