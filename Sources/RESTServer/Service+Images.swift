import CustomVisionAPI
import Dataset
import ProjectLibrary

extension Service {
  /// Which images a request that names a status means.
  func status(_ call: Call) throws -> ImageFilter {
    switch (call.query.text("taggingStatus") ?? "All").lowercased() {
    case "all": return .all
    case "tagged": return .tagged
    case "untagged": return .untagged
    case let word: throw ServiceError.badRequest("“\(word)” is no tagging status.")
    }
  }

  func images(_ call: Call, _ filter: ImageFilter) throws -> Answer {
    let listing = try listing(call, filter)
    let (skip, take) = try run(call)
    if listing.isPlain {
      let selection = ImageSelection(filter, isReversed: listing.isNewestFirst)
      let images = try library.rows(skip..<(skip + take), of: listing.project.id, selection).images
      return try .json(try models(of: images, in: listing.project, for: call))
    }
    let all = try images(listing)
    let ordered = listing.isNewestFirst ? all.reversed() : all
    return try .json(
      try models(
        of: Array(ordered.dropFirst(skip).prefix(take)), in: listing.project, for: call))
  }

  func imageCount(_ call: Call, _ filter: ImageFilter) throws -> Answer {
    let listing = try listing(call, filter)
    let count =
      listing.isPlain
      ? try library.imageCount(of: listing.project.id, filter) : try images(listing).count
    return try .json(count)
  }

  func imagesByID(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let ids: [ImageID] = try call.query.ids("imageIds", limit: limits.listCount, missing: "Image")
    guard let iteration = try iterationAsked(call, of: project) else {
      return try .json(
        try models(of: try library.images(ids, of: project.id), in: project, for: call))
    }
    let then = Dictionary(
      uniqueKeysWithValues: try library.images(of: project.id, asOf: iteration).map { ($0.id, $0) })
    let images = try ids.map { id in
      guard let image = then[id] else { throw ServiceError.notFound("Image") }
      return image
    }
    return try .json(try models(of: images, in: project, for: call))
  }

  func deleteImages(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let isAll = try call.query.flag("allImages") ?? false
    let isEverywhere = try call.query.flag("allIterations") ?? false
    let ids: [ImageID] = try call.query.ids("imageIds", limit: limits.listCount, missing: "Image")
    if isAll {
      try library.removeImages(
        try library.images(of: project.id, .all).map(\.id), from: project.id)
    } else if ids.isEmpty {
      throw ServiceError.missing("imageIds")
    } else {
      try library.removeImages(
        try library.images(ids, of: project.id).map(\.id), from: project.id)
    }
    return Answer(status: isAll || isEverywhere ? 202 : 204)
  }

  func addImageTags(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let pairs = try call.model(ImageTagCreateBatch.self).tags ?? []
    guard !pairs.isEmpty else { throw ServiceError.missing("tags") }
    let labels = try pairs.map { pair in
      guard let image = ImageID(pair.imageId ?? "") else { throw ServiceError.notFound("Image") }
      guard let tag = TagID(pair.tagId ?? "") else { throw ServiceError.notFound("Tag") }
      return (image: image, tag: tag)
    }
    let additions = try library.addLabels(labels, in: project.id)
    var summary = ImageTagCreateSummary()
    for (label, addition) in zip(labels, additions) {
      let pair = ImageTagPair(
        imageId: label.image.description, tagId: label.tag.description)
      switch addition {
      case .given: summary.created.append(pair)
      case .present: summary.duplicated.append(pair)
      case .exceeding: summary.exceeded.append(pair)
      }
    }
    return try .json(summary)
  }

  func deleteImageTags(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let ids: [ImageID] = try call.query.ids("imageIds", limit: limits.batchCount, missing: "Image")
    guard !ids.isEmpty else { throw ServiceError.missing("imageIds") }
    let images = try library.images(ids, of: project.id).map(\.id)
    let tags: [TagID] = try call.query.ids("tagIds", limit: limits.tagCount, missing: "Tag")
    guard !tags.isEmpty else { throw ServiceError.missing("tagIds") }
    for tag in tags {
      try library.label(images, .remove(tag), in: project.id)
    }
    return .nothing
  }

  // MARK: - Models

  func models(
    of images: [Image], in project: Project, for call: Call
  ) throws -> [ImageModel] {
    let metadata = try library.metadata(of: images.map(\.id))
    return try library.details(of: images, in: project.id).map { details in
      let image = details.image
      var model = ImageModel(
        id: image.id.description, created: timestamp(details.arrived), width: image.width,
        height: image.height, resizedImageUri: Self.address(of: image.id, .original, for: call),
        thumbnailUri: Self.address(of: image.id, .thumbnail, for: call),
        originalImageUri: Self.address(of: image.id, .original, for: call),
        tags: Self.models(of: details))
      model.metadata = metadata[image.id]?.entries ?? [:]
      return model
    }
  }

  static func models(of details: ImageDetails) -> [ImageModel.Tag] {
    details.tags.map {
      // Of a tag that it bears no more nobody knows when it was given.
      let given = $0.given > 0 ? $0.given : details.arrived
      return ImageModel.Tag(
        tagId: $0.tag.id.description, tagName: $0.tag.name, created: timestamp(given))
    }
  }

  static func address(of image: ImageID, _ kind: Route.PictureKind, for call: Call) -> String {
    "\(call.origin)/\(Route.pictures)/\(image)/\(kind.rawValue)"
  }

  /// The file of a picture.
  func picture(_ id: String, _ kind: Route.PictureKind) throws -> Answer {
    guard let id = ImageID(id), let image = try library.image(id) else {
      throw ServiceError.notFound("Image")
    }
    switch kind {
    case .original:
      return Answer(contentType: "application/octet-stream", body: try library.file(of: image))
    case .thumbnail:
      return Answer(contentType: "image/jpeg", body: try library.thumbnailFile(of: image))
    }
  }
}
