import CustomVisionAPI

/// A description of what is served, in the form of OpenAPI 3.
enum OpenAPI {
  /// Built from the same table that requests are matched with.
  static var document: JSONText {
    var paths: [(String, [(String, JSONText)])] = []
    for operation in ServiceOperation.allCases where !operation.isOfDetection {
      let request = operation.request
      let side = operation.side.rawValue
      let version = operation.side == .training ? "v3.3" : "v3.1"
      let path = "/customvision/\(version)/\(side)/" + request.parts.joined(separator: "/")
      let parameters = request.parts.filter { $0.hasPrefix("{") }.map { part in
        JSONText.object([
          ("name", .string(String(part.dropFirst().dropLast()))), ("in", .string("path")),
          ("required", .raw("true")),
          ("schema", .object([("type", .string("string"))])),
        ])
      }
      let entry = JSONText.object([
        ("operationId", .string(operation.rawValue)),
        ("parameters", .array(parameters)),
        (
          "security", .array([.object([("\(side)Key", .array([]))])])
        ),
        (
          "responses",
          .object([
            ("default", .object([("description", .string("See the Custom Vision API."))]))
          ])
        ),
      ])
      let method = String(request.method).lowercased()
      if let index = paths.firstIndex(where: { $0.0 == path }) {
        paths[index].1.append((method, entry))
      } else {
        paths.append((path, [(method, entry)]))
      }
    }
    func key(_ side: ServiceOperation.Side) -> JSONText {
      .object([
        ("type", .string("apiKey")), ("in", .string("header")),
        ("name", .string(AccessKeys.header(of: side))),
      ])
    }
    return .object([
      ("openapi", .string("3.0.3")),
      (
        "info",
        .object([("title", .string("tagbench")), ("version", .string("1"))])
      ),
      ("paths", .object(paths.map { ($0.0, .object($0.1)) })),
      (
        "components",
        .object([
          (
            "securitySchemes",
            .object([("trainingKey", key(.training)), ("predictionKey", key(.prediction))])
          )
        ])
      ),
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
