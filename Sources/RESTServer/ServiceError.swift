import CustomVisionAPI

/// Why a request is refused: the status of the answer, the service's code, and a sentence.
struct ServiceError: Error, Equatable {
  let status: Int
  let code: String
  let message: String

  init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  static func badRequest(_ code: String, _ message: String) -> ServiceError {
    ServiceError(400, code, message)
  }

  /// What the list of codes has no code of its own for.
  static func badRequest(_ message: String) -> ServiceError {
    .badRequest("BadRequestInvalid", message)
  }

  static func notFound(_ what: String) -> ServiceError {
    ServiceError(404, "NotFound\(what)", "There is no such \(what.lowercased()).")
  }

  static func missing(_ parameter: String) -> ServiceError {
    badRequest("BadRequestRequiredParamIsNull", "\(parameter) is missing.")
  }
}
