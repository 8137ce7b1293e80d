import CustomVisionAPI
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import WebAccess

/// From requests to answers: router, key check, body limits, then the service. Every refusal is JSON.
struct RESTResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let service: Service
  let keys: AccessKeys
  /// Whom the halves of the API serve that ask for no key.
  let clients: LocalClients
  let fetcher: PictureFetcher
  let describe: @Sendable (any Error) -> String
  let log: @Sendable (AccessRecord) -> Void
  let metrics = Metrics()
  /// For what computes: one more at once than there are processors, so that one is decoded while the
  /// others wait for the network, whose threads are its own.
  let heavy = WorkPool("pictures", width: ProcessInfo.processInfo.activeProcessorCount + 1)
  /// For what reads and writes the library.
  let light = WorkPool("requests", width: 8)

  func respond(to request: Request, context: Context) async throws -> Response {
    let clock = ContinuousClock()
    let start = clock.now
    metrics.begin()
    let (answer, problem, name) = await answer(request)
    metrics.end(name, status: answer.status, duration: clock.now - start)
    log(
      AccessRecord(
        method: request.method.rawValue, path: request.uri.path, status: answer.status,
        duration: clock.now - start, problem: problem))
    var headers = HTTPFields()
    if let type = answer.contentType { headers[.contentType] = type }
    // What comes of the body later is no request.
    if answer.status == 408 { headers[.connection] = "close" }
    let body = request.method == .head ? [] : answer.body
    return Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }

  /// The answer, and what went wrong where it is not the client's doing.
  private func answer(_ request: Request) async -> (Answer, problem: String?, name: String) {
    var name = "none"
    do {
      let route = try Route(method: request.method.rawValue, path: request.uri.path)
      name = route.name
      return (try await handle(request, route), nil, name)
    } catch {
      if let refusal = ServiceError(error) { return (Self.answer(to: refusal), nil, name) }
      let refusal = ServiceError(500, "ErrorUnknown", "The server failed; its log says why.")
      return (Self.answer(to: refusal), describe(error), name)
    }
  }

  private func handle(_ request: Request, _ route: Route) async throws -> Answer {
    switch route {
    case .health:
      return try .json(["status": "ok"])
    case .metrics:
      return Answer(
        contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(metrics.text.utf8))
    case .openAPI:
      let document = OpenAPI.document
      return Answer(
        contentType: "application/json; charset=utf-8", body: Array(document.text.utf8))
    case .picture(let id, let kind):
      return try await light.run { try service.picture(id, kind) }
    case .askedPicture(let id, let kind):
      return try await light.run { try service.askedPicture(id, kind) }
    case .export(let iteration, let name):
      return try await light.run { try service.exportedFile(of: iteration, named: name) }
    case .operation(let operation, let parameters):
      guard
        keys.asks(for: operation.side)
          || clients.admit(
            authority: request.head.authority, origin: request.headers[.origin])
      else {
        throw ServiceError(
          403, "Forbidden",
          """
          Without keys this server serves programs of this computer only: Host and Origin, where \
          they are sent, must name localhost or 127.0.0.1.
          """)
      }
      guard keys.admit(Self.key(of: request, for: operation.side), to: operation.side) else {
        throw ServiceError(401, "Unauthorized", "The key is missing or wrong.")
      }
      var call = Call(
        operation: operation, parameters: parameters, query: try RequestQuery(request.uri.query),
        contentType: request.headers[.contentType], body: try await body(of: request),
        origin: Self.origin(of: request))
      if operation.namesAddresses {
        let asked = call
        let named = try await light.run { try service.addresses(in: asked) }
        call.fetched = await fetcher.pictures(at: named.addresses, byteLimit: named.byteLimit)
      }
      let complete = call
      let pool = operation.takesPictures ? heavy : light
      return try await pool.run { try service.answer(complete) }
    }
  }

  private func body(of request: Request) async throws -> [UInt8] {
    let headers = request.headers
    // Where neither is said there is no body.
    if headers[.contentLength] == nil && headers[.transferEncoding] == nil { return [] }
    let reader = BodyReader(
      byteLimit: service.limits.bodyByteCount, patience: service.limits.bodyPatience)
    return try await reader.bytes(
      of: request.body.map { $0.readableBytesView },
      length: headers[.contentLength].flatMap { Int($0) })
  }

  private static func key(of request: Request, for side: ServiceOperation.Side) -> String? {
    [AccessKeys.header(of: side), AccessKeys.sharedHeader].lazy.compactMap { name in
      HTTPField.Name(name).flatMap { request.headers[$0] }
    }.first
  }

  /// Where the client reached this server; behind a proxy as the proxy says.
  private static func origin(of request: Request) -> String {
    let scheme = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] } ?? "http"
    return "\(scheme == "https" ? "https" : "http")://\(request.head.authority ?? "localhost")"
  }

  private static func answer(to refusal: ServiceError) -> Answer {
    let model =
      refusal.status == 401
      ? ErrorModel.unauthorized(refusal.message)
      : ErrorModel(code: refusal.code, message: refusal.message)
    let encoder = JSONEncoder()
    // Three strings always encode.
    let body = (try? encoder.encode(model)).map(Array.init) ?? []
    return Answer(
      status: refusal.status, contentType: "application/json; charset=utf-8", body: body)
  }
}

extension ServiceOperation {
  /// Whether its requests say where pictures lie on the web.
  var namesAddresses: Bool {
    switch self {
    case .createImagesFromUrls, .quickTestImageUrl, .classifyImageUrl,
      .classifyImageUrlWithNoStore:
      true
    default: false
    }
  }

  /// Whether pictures are decoded for it.
  fileprivate var takesPictures: Bool {
    switch self {
    case .createImagesFromData, .createImagesFromFiles, .createImagesFromPredictions,
      .createImagesFromUrls, .quickTestImage, .quickTestImageUrl, .classifyImage,
      .classifyImageWithNoStore, .classifyImageUrl, .classifyImageUrlWithNoStore,
      .suggestTagsAndRegions,
      .querySuggestedImages, .querySuggestedImageCount:
      true
    default: false
    }
  }
}
