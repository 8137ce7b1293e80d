import CustomVisionAPI

/// A description of what is served, in the form of OpenAPI 3.
enum OpenAPI {
  /// Built from the same table that requests are matched with.
  static var document: JSONText {
    var paths: [(String, [(String, JSONText)])] = []
    for operation in ServiceOperation.allCases where !operation.isOfDetection {
      let version = operation.side == .training ? "v3.3" : "v3.1"
      let path =
        "/customvision/\(version)/\(operation.side.rawValue)/"
        + operation.request.parts.joined(separator: "/")
      let method = String(operation.request.method).lowercased()
      if let index = paths.firstIndex(where: { $0.0 == path }) {
        paths[index].1.append((method, entry(for: operation)))
      } else {
        paths.append((path, [(method, entry(for: operation))]))
      }
    }
    return .object([
      ("openapi", .string("3.0.3")),
      (
        "info", .object([("title", .string("tagbench")), ("version", .string("1"))])
      ),
      ("paths", .object(paths.map { ($0.0, .object($0.1)) })),
      (
        "components",
        .object([
          (
            "securitySchemes",
            .object([("trainingKey", key(.training)), ("predictionKey", key(.prediction))])
          ),
          ("schemas", .object([("Error", errorSchema)])),
        ])
      ),
    ])
  }

  private static func entry(for operation: ServiceOperation) -> JSONText {
    let inPath = operation.request.parts.filter { $0.hasPrefix("{") }.map {
      parameter(String($0.dropFirst().dropLast()), in: "path", isRequired: true)
    }
    let inQuery = operation.query.map {
      parameter($0.name, in: "query", isRequired: $0.isRequired)
    }
    var members: [(String, JSONText)] = [
      ("operationId", .string(operation.rawValue)), ("parameters", .array(inPath + inQuery)),
    ]
    if let body = body(of: operation) { members.append(("requestBody", body)) }
    members += [
      ("responses", .object(responses(of: operation))),
      ("security", .array([.object([("\(operation.side.rawValue)Key", .array([]))])])),
    ]
    return .object(members)
  }

  private static func parameter(
    _ name: String, in place: String, isRequired: Bool
  ) -> JSONText {
    .object([
      ("name", .string(name)), ("in", .string(place)),
      ("required", .raw(isRequired ? "true" : "false")), ("schema", type("string")),
    ])
  }

  private static func body(of operation: ServiceOperation) -> JSONText? {
    let file = JSONText.object([("type", .string("string")), ("format", .string("binary"))])
    let kinds: [(String, JSONText)] =
      switch operation.body {
      case .nothing: []
      case .json: [("application/json", type("object"))]
      case .pictures:
        [
          ("application/octet-stream", file),
          (
            "multipart/form-data",
            .object([
              ("type", .string("object")), ("properties", .object([("imageData", file)])),
            ])
          ),
        ]
      }
    if kinds.isEmpty { return nil }
    return .object([
      ("content", .object(kinds.map { ($0.0, .object([("schema", $0.1)])) }))
    ])
  }

  private static func responses(of operation: ServiceOperation) -> [(String, JSONText)] {
    let done = operation.successes.map { status in
      ("\(status)", JSONText.object([("description", .string("As the Custom Vision API says."))]))
    }
    let refused = JSONText.object([
      ("description", .string("Refused.")),
      (
        "content",
        .object([
          (
            "application/json",
            .object([
              ("schema", .object([("$ref", .string("#/components/schemas/Error"))]))
            ])
          )
        ])
      ),
    ])
    return done + [("default", refused)]
  }

  private static var errorSchema: JSONText {
    .object([
      ("type", .string("object")),
      ("required", .array([.string("code"), .string("message")])),
      ("properties", .object([("code", type("string")), ("message", type("string"))])),
    ])
  }

  private static func type(_ name: String) -> JSONText { .object([("type", .string(name))]) }

  private static func key(_ side: ServiceOperation.Side) -> JSONText {
    .object([
      ("type", .string("apiKey")), ("in", .string("header")),
      ("name", .string(AccessKeys.header(of: side))),
    ])
  }
}

/// A JSON document whose objects keep the order of their keys.
indirect enum JSONText {
  case string(String)
  case raw(String)
  case array([JSONText])
  case object([(String, JSONText)])

  var text: String {
    switch self {
    // Only names of ours are written: none needs more than quotes.
    case .string(let text): "\"\(text)\""
    case .raw(let text): text
    case .array(let parts): "[\(parts.map(\.text).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\"\($0)\":\($1.text)" }.joined(separator: ","))}"
    }
  }
}
