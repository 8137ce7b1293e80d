import Foundation

/// What a picture bears, as a table tells it.
public struct LabelRow: Hashable, Sendable {
  /// The picture's path as imported; empty where only its content is told.
  public let path: String
  /// The SHA-256 of its bytes in hexadecimal digits; `nil` where it is not told.
  public let content: String?
  public let tags: [String]
  /// Where it stands in the table, counted from 1: a line of CSV, an element of JSON.
  public let line: Int

  public init(path: String, content: String?, tags: [String], line: Int) {
    self.path = path
    self.content = content
    self.tags = tags
    self.line = line
  }
}

/// How a table of labels is written.
public enum LabelTableFormat: String, CaseIterable, Sendable {
  /// A line of column names, then a line for each picture and tag: `path,tag,content`.
  case csv
  /// A list of objects with `path`, `content` and `tags`.
  case json
}

/// Why a table of labels cannot be read.
public enum LabelTableError: Error, Equatable, Sendable {
  case notUTF8
  /// A quotation mark opens a field and none closes it.
  case quoteOpen(line: Int)
  case wrongFieldCount(line: Int, expected: Int, found: Int)
  /// Neither a column for pictures nor one for their content is there, or none for tags.
  case columnMissing(found: [String])
  case noJSONList(reason: String)
}

/// Labels of pictures as other programs read and write them.
public struct LabelTable: Hashable, Sendable {
  public let rows: [LabelRow]

  public init(_ rows: [LabelRow]) { self.rows = rows }

  /// Reads a table.
  ///
  /// Of CSV the first line names the columns, in any order and among others: `path`, `image`, `file` or
  /// `filename`; `tag` or `label`; `content` or `sha256`. Commas, semicolons or tabs part them. Several
  /// lines of one picture count together; an empty tag says that it bears none.
  ///
  /// - Throws: `LabelTableError`.
  public init(reading bytes: [UInt8], as format: LabelTableFormat) throws(LabelTableError) {
    // A mark of the byte order says nothing in UTF-8.
    let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    switch format {
    case .csv:
      guard let text = String(validating: plain, as: UTF8.self) else { throw .notUTF8 }
      rows = try Self.rows(ofCSV: text)
    case .json: rows = try Self.rows(ofJSON: Data(plain))
    }
  }

  /// The table as text that ends with a line feed.
  public func text(as format: LabelTableFormat) -> String {
    switch format {
    case .csv:
      var lines = ["path,tag,content"]
      for row in rows {
        for tag in row.tags.isEmpty ? [""] : row.tags {
          lines.append([row.path, tag, row.content ?? ""].map(CSV.field).joined(separator: ","))
        }
      }
      return lines.joined(separator: "\n") + "\n"
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let entries = rows.map {
        JSONRow(path: $0.path, content: $0.content, tags: $0.tags, tag: nil)
      }
      guard let data = try? encoder.encode(entries) else {
        // Strings and lists of them always can be.
        preconditionFailure("labels cannot be written as JSON")
      }
      return String(decoding: data, as: UTF8.self) + "\n"
    }
  }

  /// Writes the table into a file.
  ///
  /// A regular file is whole, or as it was before.
  ///
  /// - Parameter replaces: Whether a regular file that is there may be replaced.
  /// - Throws: `FileExists`; `LibraryError.system`.
  public func write(
    to path: String, as format: LabelTableFormat, replacing replaces: Bool
  ) throws {
    try writeFile(FilePath(path), replacing: replaces) {
      try $0.writeAll(Array(text(as: format).utf8))
    }
  }

  private static func rows(ofCSV text: String) throws(LabelTableError) -> [LabelRow] {
    var records = try CSV.records(of: text)
    let names = records.isEmpty ? [] : records.removeFirst().fields.map { $0.lowercased() }
    let column = { (known: [String]) in names.firstIndex(where: known.contains) }
    let path = column(["path", "image", "file", "filename"])
    let content = column(["content", "sha256"])
    guard let tag = column(["tag", "label"]), path != nil || content != nil else {
      throw .columnMissing(found: names)
    }
    var rows: [LabelRow] = []
    for record in records {
      guard record.fields.count == names.count else {
        throw .wrongFieldCount(
          line: record.line, expected: names.count, found: record.fields.count)
      }
      let digits = content.map { record.fields[$0] } ?? ""
      rows.append(
        LabelRow(
          path: path.map { record.fields[$0] } ?? "", content: digits.isEmpty ? nil : digits,
          tags: record.fields[tag].isEmpty ? [] : [record.fields[tag]], line: record.line))
    }
    return rows
  }

  private static func rows(ofJSON data: Data) throws(LabelTableError) -> [LabelRow] {
    let entries: [JSONRow]
    do {
      entries = try JSONDecoder().decode([JSONRow].self, from: data)
    } catch let error as DecodingError {
      throw .noJSONList(reason: error.place)
    } catch {
      throw .noJSONList(reason: "\(error)")
    }
    return entries.enumerated().map { index, entry in
      LabelRow(
        path: entry.path ?? "", content: entry.content,
        tags: (entry.tags ?? []) + (entry.tag.map { [$0] } ?? []), line: index + 1)
    }
  }
}

private struct JSONRow: Codable {
  let path: String?
  let content: String?
  let tags: [String]?
  let tag: String?
}

extension DecodingError {
  /// Where it happened, as a path into the document.
  fileprivate var place: String {
    let path =
      switch self {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath
      @unknown default: [any CodingKey]()
      }
    return path.isEmpty
      ? "the document"
      : path.map { $0.intValue.map { "element \($0 + 1)" } ?? $0.stringValue }
        .joined(separator: ", ")
  }
}
