import TOMLKit

/// A setting with the place that it comes from.
public struct Setting<Value: Equatable & Sendable>: Equatable, Sendable {
  public var value: Value
  /// The line of the settings file that says so, from 1; `nil` for what goes without saying.
  public var line: Int?

  public init(_ value: Value, line: Int? = nil) {
    self.value = value
    self.line = line
  }
}

/// How networks compute.
public enum PrecisionSetting: String, Sendable, CaseIterable {
  /// 32 bits: the same embeddings on every processor, up to rounding.
  case f32
  /// 16 bits with the range of 32; where the processor computes so.
  case bf16
  /// 16 bits; where the processor computes so.
  case f16
}

/// What is set for reading pictures and running networks: the sections `images` and `networks` of
/// `settings.toml`.
///
/// Other sections of that file have readers of their own; each knows only its own lines.
public struct EngineSettings: Equatable, Sendable {
  /// The largest picture file, in millions of bytes: `[images] max-megabytes`.
  public var maxMegabytes = Setting(64)
  /// The largest picture, in millions of pixels: `[images] max-megapixels`.
  public var maxMegapixels = Setting(100)
  /// How networks compute: `[networks] precision`.
  public var precision = Setting(PrecisionSetting.f32)

  /// The settings that go without saying.
  public init() {}

  /// What may be set: more would not fit into the numbers of the decoders' libraries.
  public static let megabyteRange = 1...2_000
  public static let megapixelRange = 1...700

  /// Reads the text of a settings file.
  ///
  /// - Parameters:
  ///   - toml: The file's text.
  ///   - path: Where it came from, for errors.
  ///   - otherSections: Sections that other readers look after.
  /// - Returns: The settings, and what the file says that means nothing, in its order.
  /// - Throws: `.notTOML`, `.wrongValue`.
  public static func read(
    toml: String, path: String, otherSections: Set<String> = []
  ) throws(SettingsError) -> (settings: EngineSettings, warnings: [SettingsWarning]) {
    let source = try TOMLSource(toml, path: path)
    var settings = EngineSettings()
    var warnings: [SettingsWarning] = []
    for section in source.entries where !otherSections.contains(section.key) {
      guard let name = Section(rawValue: section.key) else {
        warnings.append(
          SettingsWarning(
            path: path, line: section.line, name: section.key,
            known: Section.allCases.map(\.rawValue) + otherSections.sorted()))
        continue
      }
      try source.readSection(section, keys: name.keys, warnings: &warnings) {
        (key, entry) throws(SettingsError) in
        try settings.set(key, to: entry, path: path)
      }
    }
    return (settings, warnings)
  }

  private enum Section: String, CaseIterable {
    case images, networks

    var keys: [Key] {
      switch self {
      case .images: [.maxMegabytes, .maxMegapixels]
      case .networks: [.precision]
      }
    }
  }

  private enum Key: String {
    case maxMegabytes = "max-megabytes"
    case maxMegapixels = "max-megapixels"
    case precision
  }

  private mutating func set(
    _ key: Key, to entry: TOMLSource.Entry, path: String
  ) throws(SettingsError) {
    func count(in range: ClosedRange<Int>) throws(SettingsError) -> Setting<Int> {
      guard let count = entry.value.int, range.contains(count) else {
        throw entry.wrong("a whole number from \(range.lowerBound) to \(range.upperBound)", path)
      }
      return Setting(count, line: entry.line)
    }
    switch key {
    case .maxMegabytes: maxMegabytes = try count(in: Self.megabyteRange)
    case .maxMegapixels: maxMegapixels = try count(in: Self.megapixelRange)
    case .precision:
      guard let precision = entry.value.string.flatMap(PrecisionSetting.init(rawValue:)) else {
        let words = PrecisionSetting.allCases.map { "\"\($0.rawValue)\"" }
        throw entry.wrong(words.joined(separator: " or "), path)
      }
      self.precision = Setting(precision, line: entry.line)
    }
  }
}

/// A line of the settings file that means nothing: told, and passed over.
public struct SettingsWarning: Equatable, Sendable {
  public let path: String
  /// From 1.
  public let line: Int
  /// The section or setting that there is none of, such as `images.max-size`.
  public let name: String
  /// Those that there are in its place.
  public let known: [String]
}
