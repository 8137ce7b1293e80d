import CustomVisionAPI
import Dataset
import Foundation
import WebAccess

/// A request that the router and the key check have let through.
struct Call: Sendable {
  let operation: ServiceOperation
  /// What stands in the path in the places of the pattern's braces.
  let parameters: [String: String]
  let query: RequestQuery
  let contentType: String?
  let body: [UInt8]
  /// Where the client reached this server: `http://host:port`.
  let origin: String
  /// The pictures at the addresses that the request names, in their order, or why there is none.
  var fetched: [Result<[UInt8], WebError>] = []

  /// An id in the path.
  ///
  /// - Throws: `ServiceError` with 404 for what is no GUID, as for an unknown one.
  func id<Subject>(_ name: String, missing what: String) throws -> Identifier<Subject> {
    guard let id = Identifier<Subject>(parameters[name] ?? "") else {
      throw ServiceError.notFound(what)
    }
    return id
  }

  /// The body as JSON; an empty one counts as an object without fields.
  func model<Model: Decodable>(_: Model.Type) throws -> Model {
    let bytes = body.isEmpty ? Array("{}".utf8) : body
    do {
      return try bytes.withUnsafeBytes { bytes in
        // A batch has many megabytes: it is read where it lies. There is at least `{}`.
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress!)
        return try JSONDecoder().decode(
          Model.self, from: Data(bytesNoCopy: start, count: bytes.count, deallocator: .none))
      }
    } catch {
      throw ServiceError.badRequest("The body is not the JSON that \(operation.rawValue) takes.")
    }
  }
}

/// What a request is answered.
struct Answer: Sendable {
  var status = 200
  var contentType: String?
  var body: [UInt8] = []

  static func json(_ model: some Encodable, status: Int = 200) throws -> Answer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return Answer(
      status: status, contentType: "application/json; charset=utf-8",
      body: Array(try encoder.encode(model)))
  }

  static let nothing = Answer(status: 204)
}

/// A time as the contract writes it.
func timestamp(_ seconds: Double) -> String {
  Date(timeIntervalSince1970: seconds).formatted(
    Date.ISO8601FormatStyle(includingFractionalSeconds: true))
}
