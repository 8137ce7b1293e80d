import CustomVisionAPI
import Dataset
import Foundation
import ProjectLibrary

extension Service {
  /// Forgets what was asked too long ago, now and then every hour until the task is cancelled; more often
  /// where less than an hour is kept, so that nothing is kept for more than twice as long as was said.
  func forgetOldPredictions() async {
    let pool = WorkPool("forgetting", width: 1)
    let pause = min(max(limits.predictionLifetime, 1), 3600)
    while !Task.isCancelled {
      do {
        let (library, lifetime) = (library, limits.predictionLifetime)
        try await pool.run { try library.forgetPredictions(olderThan: lifetime) }
      } catch {
        report("forget", "predictions", error)
      }
      // Ends early only when the task is cancelled.
      try? await Task.sleep(for: .seconds(pause))
    }
  }

  func queryPredictions(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    var token = try call.model(PredictionQueryToken.self)
    let page = try library.predictions(of: project.id, try query(token))
    token.session = String(page.newest)
    // An empty continuation says that there is no more.
    token.continuation = page.next?.description ?? ""
    let results = try page.predictions.map { try model(of: $0, in: project, for: call) }
    return try .json(PredictionQueryResult(token: token, results: results))
  }

  func deletePredictions(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let texts = try call.query.list("ids", limit: Int.max)
    guard !texts.isEmpty else {
      throw ServiceError.badRequest("BadRequestPredictionIdsMissing", "ids is missing.")
    }
    guard texts.count <= limits.batchCount else {
      throw ServiceError.badRequest(
        "BadRequestPredictionIdsExceededCount", "There are more than \(limits.batchCount) ids.")
    }
    // Ids of none are passed over, so that a deletion can be repeated.
    try library.forget(texts.compactMap { PredictionID($0) }, of: project.id)
    return .nothing
  }

  private func query(_ token: PredictionQueryToken) throws -> PredictionQuery {
    let invalid = { (what: String) in
      ServiceError.badRequest("BadRequestPredictionInvalidQueryParameters", what)
    }
    let order: PredictionOrder
    switch (token.orderBy ?? "Newest").lowercased() {
    case "newest": order = .newest
    case "oldest": order = .oldest
    case "suggested": order = .instructive
    case let word: throw invalid("“\(word)” is no order.")
    }
    let count = token.maxCount ?? 0
    guard count >= 0 else { throw invalid("maxCount is negative.") }
    var query = PredictionQuery(
      order, limit: count == 0 ? 50 : min(count, limits.listCount))
    let tags = token.tags ?? []
    guard tags.count <= 2 else {
      throw ServiceError.badRequest(
        "BadRequestPredictionTagsExceededCount", "There are more than 2 tags.")
    }
    query.tags = try tags.map { tag in
      guard let id = TagID(tag.id ?? "") else { throw invalid("An id of a tag is no GUID.") }
      let (low, high) = (tag.minThreshold ?? 0, tag.maxThreshold ?? 1)
      guard low <= high else { throw invalid("minThreshold is above maxThreshold.") }
      return PredictionQuery.TagRange(id, low...high)
    }
    query.iteration = try token.iterationId.flatMap { $0.isEmpty ? nil : $0 }.map {
      guard let id = IterationID($0) else { throw ServiceError.notFound("Iteration") }
      return id
    }
    query.earliest = try token.startTime.map { try Self.seconds($0, invalid) }
    query.latest = try token.endTime.map { try Self.seconds($0, invalid) }
    query.application = token.application.flatMap { $0.isEmpty ? nil : $0 }
    if let session = token.session, !session.isEmpty {
      guard let number = Int64(session) else { throw invalid("The session is none of ours.") }
      query.newest = number
    }
    if let continuation = token.continuation, !continuation.isEmpty {
      guard let place = PredictionPlace(continuation) else {
        throw invalid("The continuation is none of ours.")
      }
      query.after = place
    }
    return query
  }

  private static func seconds(
    _ text: String, _ invalid: (String) -> ServiceError
  ) throws -> Double {
    // Clients write up to seven digits of a second, which no one style of Foundation reads.
    let pieces = text.split(separator: ".", maxSplits: 1)
    let fraction = pieces.count > 1 ? pieces[1].prefix { $0.isASCII && $0.isNumber } : ""
    let zone = pieces.count > 1 ? pieces[1].dropFirst(fraction.count) : ""
    let whole = String(pieces.first ?? "") + (zone.isEmpty && pieces.count > 1 ? "Z" : zone)
    let time =
      (try? Date(whole, strategy: .iso8601)) ?? (try? Date(whole + "Z", strategy: .iso8601))
    guard let time else { throw invalid("“\(text)” is no time.") }
    return time.timeIntervalSince1970 + (Double("0.\(fraction)") ?? 0)
  }

  private func model(
    of prediction: StoredPrediction, in project: Project, for call: Call
  ) throws -> StoredImagePredictionModel {
    let original = Self.address(of: prediction.id, .original, for: call)
    return StoredImagePredictionModel(
      id: prediction.id.description, project: project.id.description,
      iteration: prediction.iteration.description, created: timestamp(prediction.created),
      predictions: Self.models(of: try library.answer(of: prediction)), resizedImageUri: original,
      thumbnailUri: Self.address(of: prediction.id, .thumbnail, for: call),
      originalImageUri: original, domain: Self.serviceDomain(project.domain).id)
  }

  static func address(
    of prediction: PredictionID, _ kind: Route.PictureKind, for call: Call
  ) -> String {
    "\(call.origin)/\(Route.askedPictures)/\(prediction)/\(kind.rawValue)"
  }

  /// The file of a picture that was asked about.
  func askedPicture(_ id: String, _ kind: Route.PictureKind) throws -> Answer {
    guard let id = PredictionID(id), let prediction = try library.prediction(id) else {
      throw ServiceError.notFound("Image")
    }
    switch kind {
    case .original:
      return Answer(
        contentType: "application/octet-stream", body: try library.file(of: prediction))
    case .thumbnail:
      return Answer(contentType: "image/jpeg", body: try library.thumbnailFile(of: prediction))
    }
  }
}
