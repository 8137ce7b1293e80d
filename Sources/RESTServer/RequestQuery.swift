import Dataset

/// The parameters after the question mark. Names match without regard to case.
struct RequestQuery: Equatable {
  private var values: [String: [String]] = [:]

  /// - Throws: `ServiceError` when it is badly encoded.
  init(_ text: String?) throws(ServiceError) {
    for pair in (text ?? "").split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(halves[0], plusIsSpace: true),
        let value = percentDecoded(halves.count > 1 ? halves[1] : "", plusIsSpace: true)
      else {
        throw .badRequest("The query holds a percent sign that is followed by no byte of UTF-8.")
      }
      values[name.lowercased(), default: []].append(value)
    }
  }

  /// The value given first; `nil` when there is none, or an empty one.
  func text(_ name: String) -> String? {
    values[name.lowercased()]?.first.flatMap { $0.isEmpty ? nil : $0 }
  }

  func flag(_ name: String) throws(ServiceError) -> Bool? {
    guard let text = text(name) else { return nil }
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: throw .badRequest("\(name) is neither true nor false.")
    }
  }

  func integer(_ name: String, in range: ClosedRange<Int>) throws(ServiceError) -> Int? {
    guard let text = text(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .badRequest("\(name) is no number from \(range.lowerBound) to \(range.upperBound).")
    }
    return value
  }

  func fraction(_ name: String) throws(ServiceError) -> Double? {
    guard let text = text(name) else { return nil }
    guard let value = Double(text), (0...1).contains(value) else {
      throw .badRequest("\(name) is no number from 0 to 1.")
    }
    return value
  }

  /// The entries of a list, with commas between them or in parameters of their own.
  func list(_ name: String, limit: Int) throws(ServiceError) -> [String] {
    let entries = (values[name.lowercased()] ?? []).flatMap { text in
      text.split(separator: ",").map(String.init)
    }
    guard entries.count <= limit else {
      throw .badRequest("BadRequestExceededBatchSize", "\(name) holds more than \(limit) entries.")
    }
    return entries
  }

  /// The ids of a list, none twice.
  func ids<Subject>(
    _ name: String, limit: Int, missing what: String
  ) throws(ServiceError) -> [Identifier<Subject>] {
    try identifiers(try list(name, limit: limit), missing: what)
  }
}

/// Reads ids, dropping those that come again.
///
/// - Throws: `ServiceError` with 404 for what is no GUID, as for an unknown one.
func identifiers<Subject>(
  _ texts: [String], missing what: String
) throws(ServiceError) -> [Identifier<Subject>] {
  var seen: Set<Identifier<Subject>> = []
  var ids: [Identifier<Subject>] = []
  for text in texts {
    guard let id = Identifier<Subject>(text) else { throw .notFound(what) }
    if seen.insert(id).inserted { ids.append(id) }
  }
  return ids
}
