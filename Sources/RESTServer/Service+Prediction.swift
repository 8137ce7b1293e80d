import CustomVisionAPI
import Dataset
import ProjectLibrary

extension Service {
  func classify(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    return try predict(
      call, try published(call, in: project), in: project, limit: limits.predictionByteCount,
      isKept: call.operation == .classifyImage || call.operation == .classifyImageUrl)
  }

  /// The iteration that is published under the name in the path.
  func published(_ call: Call, in project: Project) throws -> IterationID {
    let name = call.parameters["name"] ?? ""
    let published = try library.publishedIterationID(named: name, of: project.id)
    guard let published else {
      throw ServiceError(404, "NotFoundIteration", "Invalid iteration")
    }
    return published
  }

  func quickTest(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let iteration =
      try iterationAsked(call, of: project)?.id
      ?? library.iterations(of: project.id).first?.iteration.id
    guard let iteration else { throw ServiceError.notFound("Iteration") }
    return try predict(
      call, iteration, in: project, limit: limits.pictureByteCount,
      isKept: try call.query.flag("store") ?? true)
  }

  private func predict(
    _ call: Call, _ iteration: IterationID, in project: Project, limit: Int, isKept: Bool
  ) throws -> Answer {
    let picture = try picture(call, limit: limit)
    let classifier = try classifier(iteration, of: project.id)
    if isKept {
      let (kept, predictions) = try library.predictAndKeep(
        picture, with: classifier, of: project, within: limits.bounds,
        application: call.query.text("application") ?? "")
      return try answer(kept.id, predictions, by: iteration, in: project, at: kept.created)
    }
    let predictions = try library.predict(
      picture, with: classifier, within: limits.bounds)
    return try answer(.random(), predictions, by: iteration, in: project, at: Library.clock())
  }

  /// The picture that a request asks about, in its body or fetched from its address.
  private func picture(_ call: Call, limit: Int) throws -> [UInt8] {
    if call.operation.namesAddresses { return try fetchedPicture(call) }
    let parts = try ImageBody.parts(call.body, contentType: call.contentType)
    guard let picture = parts.first, !picture.bytes.isEmpty else {
      throw ServiceError.badRequest("BadRequestImageFormat", "There is no picture in the request.")
    }
    guard picture.bytes.count <= limit else {
      throw ServiceError.badRequest(
        "BadRequestImageSizeBytes", "The picture has more than \(limit) bytes.")
    }
    return picture.bytes
  }

  private func answer(
    _ id: PredictionID, _ predictions: [TagPrediction], by iteration: IterationID,
    in project: Project, at time: Double
  ) throws -> Answer {
    try .json(
      ImagePredictionModel(
        id: id.description, project: project.id.description,
        iteration: iteration.description, created: timestamp(time),
        predictions: Self.models(of: predictions)))
  }

  static func models(of predictions: [TagPrediction]) -> [PredictionModel] {
    predictions.map {
      PredictionModel(
        probability: $0.probability, tagId: $0.tag.id.description, tagName: $0.tag.name,
        tagType: word(for: $0.tag.kind))
    }
  }
}
