import Foundation

/// A JSON value as the program printed it, with each kind told from the others.
enum JSONDocument: Equatable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONDocument])
  case object([String: JSONDocument])

  init(_ text: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSONDocument].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSONDocument].self))
    }
  }

  /// The member of an object; `nil` where there is none, unlike `.null`.
  subscript(key: String) -> JSONDocument? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var keys: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }

  var items: [JSONDocument] {
    if case .array(let items) = self { items } else { [] }
  }

  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// `nil` also for a number with a fraction.
  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The strings of an array, or those under a key of its objects.
  func strings(_ key: String? = nil) -> [String] {
    items.compactMap { key == nil ? $0.string : $0[key ?? ""]?.string }
  }

  /// Whether this is `null` or a number of 0…1.
  var isRateOrUnknown: Bool {
    self == .null || number.map { (0...1).contains($0) } == true
  }
}
