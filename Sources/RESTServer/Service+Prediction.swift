import CustomVisionAPI
import Dataset
import ProjectLibrary

extension Service {
  func classify(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let name = call.parameters["name"]
    let published = try library.iterations(of: project.id).map(\.iteration).first {
      $0.publishName == name
    }
    guard let published else {
      throw ServiceError(404, "NotFoundIteration", "Invalid iteration")
    }
    return try predict(call, published, in: project, limit: limits.predictionByteCount)
  }

  func quickTest(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let iterations = try library.iterations(of: project.id).map(\.iteration)
    let wanted = call.query.text("iterationId").map { IterationID($0) }
    let iteration =
      wanted.map { id in iterations.first { $0.id == id } } ?? iterations.first
    guard let iteration else { throw ServiceError.notFound("Iteration") }
    return try predict(call, iteration, in: project, limit: limits.pictureByteCount)
  }

  private func predict(
    _ call: Call, _ iteration: Iteration, in project: Project, limit: Int
  ) throws -> Answer {
    let parts = try ImageBody.parts(call.body, contentType: call.contentType)
    guard let picture = parts.first, !picture.bytes.isEmpty else {
      throw ServiceError.badRequest("BadRequestImageFormat", "There is no picture in the request.")
    }
    guard picture.bytes.count <= limit else {
      throw ServiceError.badRequest(
        "BadRequestImageSizeBytes", "The picture has more than \(limit) bytes.")
    }
    let predictions = try library.predict(
      picture.bytes, with: try classifier(iteration), within: limits.bounds)
    return try .json(
      ImagePredictionModel(
        id: GUID.random().description, project: project.id.description,
        iteration: iteration.id.description, created: timestamp(Library.clock()),
        predictions: predictions.map {
          PredictionModel(
            probability: $0.probability, tagId: $0.tag.id.description, tagName: $0.tag.name,
            tagType: Self.word(for: $0.tag.kind))
        }))
  }
}
