public import Backbones
import Foundation
import TOMLKit

extension EncoderSpecification {
  /// Reads the description of an encoder.
  ///
  /// Unlike in the settings, a key that means nothing is an error: a mistyped `pooling` would give
  /// other embeddings without a word.
  ///
  /// - Parameter path: Where the text came from, for errors.
  /// - Throws: `.notTOML`, `.unknownKey`, `.wrongValue`, `.missingKey`.
  public init(toml: String, path: String) throws(SettingsError) {
    let reader = EncoderReader(try TOMLSource(toml, path: path))
    try reader.refuseUnknownKeys()
    self.init(
      name: try reader.text(.name, wanted: "up to 64 letters, digits, “.”, “_” and “-”") {
        Self.isName($0) ? $0 : nil
      },
      model: try reader.text(.model, wanted: "the path of an ONNX file") {
        $0.isEmpty ? nil : $0
      },
      side: try reader.side(), mean: try reader.colours(.mean, in: -1_000...1_000),
      deviation: try reader.colours(.deviation, in: 1...1_000_000),
      pooling: try reader.choice(.pooling) ?? .none)
    layout = try reader.choice(.layout) ?? layout
    channels = try reader.choice(.channels) ?? channels
    views = try reader.views() ?? views
    output = try reader.optionalText(.output)
    licence = try reader.optionalText(.licence)
    source = try reader.optionalText(.source)
  }

  /// Reads the description of an encoder from a file.
  ///
  /// - Returns: The description, and the path of the model that it names.
  /// - Throws: `.unreadable`, `.notTOML`, `.unknownKey`, `.wrongValue`, `.missingKey`.
  public static func read(
    atPath path: String
  ) throws(SettingsError) -> (specification: EncoderSpecification, model: String) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(path: path)
    }
    let specification = try EncoderSpecification(toml: text, path: path)
    let folder = URL(filePath: path).deletingLastPathComponent()
    return (specification, URL(filePath: specification.model, relativeTo: folder).path)
  }
}

/// The keys of an encoder's description.
private enum EncoderKey: String, CaseIterable {
  case name, model, size, layout, channels, mean, deviation, output, pooling, views, licence, source
}

private struct EncoderReader {
  private let source: TOMLSource
  private let entries: [String: TOMLSource.Entry]

  init(_ source: TOMLSource) {
    self.source = source
    // A TOML table has every key once.
    entries = Dictionary(uniqueKeysWithValues: source.entries.map { ($0.key, $0) })
  }

  func refuseUnknownKeys() throws(SettingsError) {
    for entry in source.entries where EncoderKey(rawValue: entry.key) == nil {
      throw .unknownKey(
        path: source.path, line: entry.line, key: entry.key,
        known: EncoderKey.allCases.map(\.rawValue))
    }
  }

  private func wrong(_ entry: TOMLSource.Entry, wanted: String) -> SettingsError {
    .wrongValue(
      path: source.path, line: entry.line, key: entry.key, found: entry.found, wanted: wanted)
  }

  private func required(
    _ key: EncoderKey, wanted: String
  ) throws(SettingsError) -> TOMLSource.Entry {
    guard let entry = entries[key.rawValue] else {
      throw .missingKey(path: source.path, key: key.rawValue, wanted: wanted)
    }
    return entry
  }

  func text(
    _ key: EncoderKey, wanted: String, _ check: (String) -> String?
  ) throws(SettingsError) -> String {
    let entry = try required(key, wanted: wanted)
    guard let text = entry.value.string.flatMap(check) else { throw wrong(entry, wanted: wanted) }
    return text
  }

  func optionalText(_ key: EncoderKey) throws(SettingsError) -> String? {
    guard let entry = entries[key.rawValue] else { return nil }
    guard let text = entry.value.string, !text.isEmpty else {
      throw wrong(entry, wanted: "text in quotes")
    }
    return text
  }

  func side() throws(SettingsError) -> Int {
    let range = EncoderSpecification.sideRange
    let wanted = "the picture's side in pixels, from \(range.lowerBound) to \(range.upperBound)"
    let entry = try required(.size, wanted: wanted)
    guard let side = entry.value.int, range.contains(side) else {
      throw wrong(entry, wanted: wanted)
    }
    return side
  }

  /// A number for each colour, or one for all three.
  func colours(
    _ key: EncoderKey, in range: ClosedRange<Double>
  ) throws(SettingsError) -> [Float] {
    let wanted =
      "a number, or three, on the scale of 0…255"
      + (key == .deviation ? ", each 1 or more (0.229 on the scale of 0…1 is 58.4 here)" : "")
    let entry = try required(key, wanted: wanted)
    let values: [Double?]
    if let list = entry.value.array {
      values = list.map { Self.number($0) }
    } else {
      values = [Double?](repeating: Self.number(entry.value), count: 3)
    }
    let numbers = values.compactMap { $0 }.filter { range.contains($0) }
    guard values.count == 3, numbers.count == 3 else { throw wrong(entry, wanted: wanted) }
    return numbers.map(Float.init)
  }

  private static func number(_ value: any TOMLValueConvertible) -> Double? {
    value.double ?? value.int.map(Double.init)
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: EncoderKey
  ) throws(SettingsError) -> Choice? {
    guard let entry = entries[key.rawValue] else { return nil }
    guard let choice = entry.value.string.flatMap(Choice.init(rawValue:)) else {
      throw wrong(entry, wanted: Self.words(of: Choice.self))
    }
    return choice
  }

  func views() throws(SettingsError) -> [EncoderSpecification.View]? {
    guard let entry = entries[EncoderKey.views.rawValue] else { return nil }
    let names = entry.value.array.map { list in list.map { $0.string } } ?? [entry.value.string]
    let views = names.compactMap { $0.flatMap(EncoderSpecification.View.init(rawValue:)) }
    guard views.count == names.count, !views.isEmpty, Set(views).count == views.count else {
      throw wrong(entry, wanted: "one or both of \(Self.words(of: EncoderSpecification.View.self))")
    }
    return views
  }

  private static func words<Choice: RawRepresentable<String> & CaseIterable>(
    of _: Choice.Type
  ) -> String {
    Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
  }
}
