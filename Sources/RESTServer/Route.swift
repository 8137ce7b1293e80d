import CustomVisionAPI

/// What a request's method and path mean.
enum Route: Equatable {
  case operation(ServiceOperation, [String: String])
  case health
  case metrics
  case openAPI
  /// An image's file, which needs no key: its id cannot be guessed.
  case picture(id: String, kind: PictureKind)

  /// The file of a picture that was asked about.
  case askedPicture(id: String, kind: PictureKind)
  /// An exported model, which needs no key either.
  case export(iteration: String, name: String)

  enum PictureKind: String { case original, thumbnail }

  /// The first part of pictures' paths.
  static let pictures = "pictures"
  static let askedPictures = "asked"
  /// The first part of the paths of exported models.
  static let exports = "exports"

  private static let versions: [ServiceOperation.Side: Set<String>] = [
    .training: ["v3.0", "v3.1", "v3.2", "v3.3", "v3.4-preview"],
    .prediction: ["v3.0", "v3.1"],
  ]

  /// What the server tells of itself.
  private static let about: [String: Route] = [
    "health": .health, "metrics": .metrics, "openapi.json": .openAPI,
  ]

  /// A word for it that holds no id.
  var name: String {
    switch self {
    case .operation(let operation, _): operation.rawValue
    case .health: "health"
    case .metrics: "metrics"
    case .openAPI: "openapi"
    case .picture, .askedPicture: "picture"
    case .export: "export"
    }
  }

  private static let table = ServiceOperation.allCases.map { operation in
    let request = operation.request
    return Entry(
      operation: operation, method: String(request.method), parts: request.parts.map(Part.init))
  }

  private struct Entry: Sendable {
    let operation: ServiceOperation
    let method: String
    let parts: [Part]
  }

  private enum Part: Sendable {
    case word(String)
    case parameter(String)

    init(_ text: String) {
      self =
        text.hasPrefix("{") ? .parameter(String(text.dropFirst().dropLast())) : .word(text)
    }
  }

  /// Reads a request line.
  ///
  /// - Parameter path: As it came, percent-encoded, without the query.
  /// - Throws: `ServiceError` with 404 for what means nothing, 405 for a wrong method.
  init(method: String, path: String) throws(ServiceError) {
    // Endpoints that end in a slash give two of them: empty parts mean nothing.
    let parts = path.split(separator: "/").map { percentDecoded($0) }
    guard !parts.contains(nil) else {
      throw .badRequest("The path holds a percent sign that is followed by no byte of UTF-8.")
    }
    let words = parts.compactMap { $0 }
    let lower = words.map { $0.lowercased() }
    if lower.count == 1, method == "GET" || method == "HEAD", let route = Self.about[lower[0]] {
      self = route
      return
    }
    if lower.count == 3, lower[0] == Self.exports, method == "GET" || method == "HEAD" {
      self = .export(iteration: lower[1], name: words[2])
      return
    }
    if lower.count == 3, method == "GET" || method == "HEAD",
      let kind = PictureKind(rawValue: lower[2])
    {
      if lower[0] == Self.pictures {
        self = .picture(id: lower[1], kind: kind)
        return
      }
      if lower[0] == Self.askedPictures {
        self = .askedPicture(id: lower[1], kind: kind)
        return
      }
    }
    guard lower.count > 3, lower[0] == "customvision",
      let side = ServiceOperation.Side(rawValue: lower[2]),
      Self.versions[side, default: []].contains(lower[1])
    else { throw Self.nothing(path) }
    self = try Self.operation(side, method, Array(words[3...]), path)
  }

  private static func operation(
    _ side: ServiceOperation.Side, _ method: String, _ words: [String], _ path: String
  ) throws(ServiceError) -> Route {
    var best: (operation: ServiceOperation, parameters: [String: String])?
    var isKnownPath = false
    for entry in table where entry.operation.side == side {
      guard let parameters = match(words, entry.parts) else { continue }
      isKnownPath = true
      guard entry.method == method else { continue }
      // Of `projects/import` and `projects/{project}` the one with more words is meant.
      if best.map({ parameters.count < $0.parameters.count }) ?? true {
        best = (entry.operation, parameters)
      }
    }
    if let best { return .operation(best.operation, best.parameters) }
    if isKnownPath {
      throw ServiceError(405, "BadRequestInvalid", "\(method) means nothing for this path.")
    }
    throw nothing(path)
  }

  private static func match(_ words: [String], _ parts: [Part]) -> [String: String]? {
    guard words.count == parts.count else { return nil }
    var parameters: [String: String] = [:]
    for (word, part) in zip(words, parts) {
      switch part {
      case .word(let fixed): if word.lowercased() != fixed.lowercased() { return nil }
      case .parameter(let name): parameters[name] = word
      }
    }
    return parameters
  }

  private static func nothing(_ path: String) -> ServiceError {
    ServiceError(404, "NotFound", "There is nothing at this path.")
  }
}

/// The text with its percent-encoded bytes written out; `nil` when they are no UTF-8.
func percentDecoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    switch byte {
    case UInt8(ascii: "%"):
      guard rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
    default: bytes.append(byte)
    }
  }
  return String(validating: bytes, as: UTF8.self)
}
