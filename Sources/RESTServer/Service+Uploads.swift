import CustomVisionAPI
import Dataset
import Foundation
import ProjectLibrary

extension Service {
  func addImagesFromData(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let tags: [TagID] = try call.query.ids("tagIds", limit: limits.tagCount, missing: "Tag")
    let parts = try ImageBody.parts(call.body, contentType: call.contentType)
    return try add(
      parts.map { Upload(name: $0.name, bytes: $0.bytes, tags: tags) }, to: project, for: call)
  }

  func addImagesFromFiles(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let batch = try call.model(ImageFileCreateBatch.self)
    if !(batch.metadata ?? [:]).isEmpty { throw ServiceError.absent("Metadata of images") }
    let entries = batch.images ?? []
    if entries.contains(where: { !($0.regions ?? []).isEmpty }) {
      throw ServiceError.badRequest(
        "BadRequestUnsupportedDomain", "Regions belong to object detection.")
    }
    let common = try tags(batch.tagIds ?? [])
    let uploads = try entries.map { entry in
      let own = try tags(entry.tagIds ?? [])
      return Upload(
        name: entry.name ?? "",
        bytes: entry.contents.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? [],
        tags: common + own.filter { !common.contains($0) })
    }
    return try add(uploads, to: project, for: call)
  }

  private struct Upload {
    let name: String
    let bytes: [UInt8]
    let tags: [TagID]
  }

  private func tags(_ ids: [String]) throws -> [TagID] {
    guard ids.count <= limits.tagCount else {
      throw ServiceError.badRequest(
        "BadRequestExceededBatchSize", "There are more than \(limits.tagCount) tags.")
    }
    // An id that is none makes its pictures fail like one that nobody knows.
    return ids.map { TagID($0) ?? TagID(GUID(high: 0, low: 0)) }
  }

  private func add(_ uploads: [Upload], to project: Project, for call: Call) throws -> Answer {
    guard !uploads.isEmpty else {
      throw ServiceError.badRequest("BadRequestImageBatch", "There is no picture in the request.")
    }
    guard uploads.count <= limits.batchCount else {
      throw ServiceError.badRequest(
        "BadRequestExceededBatchSize", "There are more than \(limits.batchCount) pictures.")
    }
    let fitting = uploads.filter { $0.bytes.count <= limits.pictureByteCount }
    var additions = try library.add(
      fitting.map { NewPicture(name: $0.name, bytes: $0.bytes, tags: $0.tags) }, to: project,
      within: limits.bounds
    )[...]
    let outcomes = uploads.map { upload in
      upload.bytes.count <= limits.pictureByteCount ? additions.popFirst() : nil
    }
    let ids = outcomes.compactMap { $0?.image }
    let details = try library.details(of: try library.images(ids, of: project.id), in: project.id)
    let byID = Dictionary(details.map { ($0.image.id, $0) }) { first, _ in first }
    let entries = zip(uploads, outcomes).map { upload, outcome in
      ImageCreateSummary.Entry(
        sourceUrl: upload.name, status: outcome?.status ?? "ErrorImageSize",
        image: outcome?.image.flatMap { byID[$0] }.map { Self.model(of: $0, for: call) })
    }
    let summary = ImageCreateSummary(images: entries)
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
    }
  }
}
