import CustomVisionAPI
import Dataset
import Foundation
import ProjectLibrary

extension Service {
  func addImagesFromData(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let tags = try tags(call.query.list("tagIds", limit: limits.tagCount))
    let parts = try ImageBody.parts(call.body, contentType: call.contentType)
    return try add(
      parts.map { NewPicture(name: $0.name, bytes: $0.bytes, tags: tags) }, to: project, for: call)
  }

  func addImagesFromFiles(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let batch = try call.model(ImageFileCreateBatch.self)
    let entries = batch.images ?? []
    try refuseRegions(entries.map(\.regions))
    try checkBatch(entries.count)
    let metadata = try checked(batch.metadata)
    let common = try tags(batch.tagIds ?? [])
    let pictures = try entries.map { entry in
      let own = try tags(entry.tagIds ?? [])
      return NewPicture(
        name: entry.name ?? "",
        bytes: entry.contents.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? [],
        tags: common + own.filter { !common.contains($0) }, metadata: metadata)
    }
    return try add(pictures, to: project, for: call)
  }

  func addImagesFromPredictions(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let batch = try call.model(ImageIdCreateBatch.self)
    let entries = batch.images ?? []
    try refuseRegions(entries.map(\.regions))
    try checkBatch(entries.count)
    let metadata = try checked(batch.metadata)
    let common = try tags(batch.tagIds ?? [])
    let wanted = try entries.map { entry in
      let own = try tags(entry.tagIds ?? [])
      // An id that is none is like one that nobody knows.
      return (
        id: PredictionID(entry.id ?? "") ?? PredictionID(GUID(high: 0, low: 0)),
        tags: common + own.filter { !common.contains($0) }
      )
    }
    let additions = try library.add(
      wanted, to: project, metadata: metadata, within: limits.bounds)
    return try summary(
      zip(entries, additions).map { ($0.id ?? "", $1, otherwise: "ErrorSource") }, in: project,
      for: call)
  }

  func updateImageMetadata(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let ids: [ImageID] = try call.query.ids("imageIds", limit: limits.batchCount, missing: "Image")
    guard !ids.isEmpty else { throw ServiceError.missing("imageIds") }
    let entries = try checked(try call.model([String: String?].self).compactMapValues { $0 })
    let outcomes = try library.addMetadata(
      entries, to: ids, in: project.id, limit: limits.bounds.metadataCount)
    let summary = BatchSummary(
      images: zip(ids, outcomes).map { id, outcome in
        let (status, metadata): (String, [String: String]?) =
          switch outcome {
          case .added(let metadata): ("OK", metadata.entries)
          case .imageNotFound: ("ErrorImageNotFound", nil)
          case .exceeding: ("ErrorLimitExceed", nil)
          }
        return ImageMetadataUpdateEntry(
          imageId: id.description, status: status, metadata: metadata)
      })
    return try .json(summary, status: summary.isBatchSuccessful ? 200 : 207)
  }

  // MARK: - Batches

  func checkBatch(_ count: Int) throws {
    guard count > 0 else {
      throw ServiceError.badRequest("BadRequestImageBatch", "There is no picture in the request.")
    }
    guard count <= limits.batchCount else {
      throw ServiceError.badRequest(
        "BadRequestExceededBatchSize", "There are more than \(limits.batchCount) pictures.")
    }
  }

  func refuseRegions(_ regions: [[Anything]?]) throws {
    if regions.contains(where: { !($0 ?? []).isEmpty }) {
      throw ServiceError.badRequest(
        "BadRequestUnsupportedDomain", "Regions belong to object detection.")
    }
  }

  func tags(_ ids: [String]) throws -> [TagID] {
    guard ids.count <= limits.tagCount else {
      throw ServiceError.badRequest(
        "BadRequestExceededBatchSize", "There are more than \(limits.tagCount) tags.")
    }
    // An id that is none makes its pictures fail like one that nobody knows.
    return ids.map { TagID($0) ?? TagID(GUID(high: 0, low: 0)) }
  }

  func checked(_ metadata: [String: String]?) throws -> [String: String] {
    let metadata = metadata ?? [:]
    guard metadata.count <= limits.bounds.metadataCount else {
      throw ServiceError.badRequest(
        "There are more than \(limits.bounds.metadataCount) entries.")
    }
    for (key, value) in metadata {
      if key.isEmpty || key.count > limits.metadataKeyLength {
        throw ServiceError.badRequest(
          "BadRequestImageMetadataKey",
          "A key has 1 to \(limits.metadataKeyLength) characters.")
      }
      if value.count > limits.metadataValueLength {
        throw ServiceError.badRequest(
          "BadRequestImageMetadataValue",
          "A value has at most \(limits.metadataValueLength) characters.")
      }
    }
    return metadata
  }

  private func add(
    _ pictures: [NewPicture], to project: Project, for call: Call
  ) throws -> Answer {
    try checkBatch(pictures.count)
    let fitting = pictures.filter { $0.bytes.count <= limits.pictureByteCount }
    var additions = try library.add(fitting, to: project, within: limits.bounds)[...]
    let outcomes = pictures.map { picture in
      let isFitting = picture.bytes.count <= limits.pictureByteCount
      return (picture.name, isFitting ? additions.popFirst() : nil, otherwise: "ErrorImageSize")
    }
    return try summary(outcomes, in: project, for: call)
  }

  /// What became of each entry of a batch; `otherwise` is the status of one that did not come as far
  /// as the library.
  func summary(
    _ outcomes: [(name: String, addition: Addition?, otherwise: String)], in project: Project,
    for call: Call
  ) throws -> Answer {
    let ids = outcomes.compactMap { $0.addition?.image }
    let images = try library.images(ids, of: project.id)
    embeddings.read(images.map(\.content), of: project)
    let models = try models(of: images, in: project, for: call)
    let byID = Dictionary(models.map { ($0.id, $0) }) { first, _ in first }
    let summary = BatchSummary(
      images: outcomes.map { outcome in
        ImageCreateResult(
          sourceUrl: outcome.name, status: outcome.addition?.status ?? outcome.otherwise,
          image: outcome.addition?.image.flatMap { byID[$0.description] })
      })
    return try .json(summary, status: summary.isBatchSuccessful ? 200 : 207)
  }
}

extension Addition {
  fileprivate var image: ImageID? {
    switch self {
    case .added(let image), .duplicate(let image): image
    case .refused: nil
    }
  }

  /// The contract's word for it.
  fileprivate var status: String {
    switch self {
    case .added: "OK"
    case .duplicate: "OKDuplicate"
    case .refused(.outOfBounds): "ErrorImageDimensions"
    case .refused(.picture): "ErrorImageFormat"
    case .refused(.unknownTag): "ErrorInvalidTag"
    case .refused(.negativeBesideOthers): "ErrorNegativeAndRegularTagOnSameImage"
    case .refused(.severalTags): "ErrorTagLimitExceed"
    case .refused(.metadataExceeding): "ErrorLimitExceed"
    }
  }
}
