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
    let project = try project(of: call)
    let tags = try wantedTags(call)
    let isNewestFirst = try isNewestFirst(call)
    let take = try call.query.integer("take", in: 0...limits.listCount) ?? 50
    let skip = try call.query.integer("skip", in: 0...1_000_000_000) ?? 0
    if tags.isEmpty {
      let selection = ImageSelection(filter, isReversed: isNewestFirst)
      let images = try library.rows(skip..<(skip + take), of: project.id, selection).images
      return try answer(images, in: project, to: call)
    }
    let all = try images(bearing: tags, filter, of: project)
    let ordered = isNewestFirst ? all.reversed() : all
    return try answer(Array(ordered.dropFirst(skip).prefix(take)), in: project, to: call)
  }

  func imageCount(_ call: Call, _ filter: ImageFilter) throws -> Answer {
    let project = try project(of: call)
    let tags = try wantedTags(call)
    let count =
      tags.isEmpty
      ? try library.imageCount(of: project.id, filter)
      : try images(bearing: tags, filter, of: project).count
    return try .json(count)
  }

  func imagesByID(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    try refuseIteration(call)
    let ids: [ImageID] = try call.query.ids("imageIds", limit: limits.listCount, missing: "Image")
    return try answer(try library.images(ids, of: project.id), in: project, to: call)
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
    let isNew = try library.addLabels(labels, in: project.id)
    var summary = ImageTagCreateSummary()
    for (label, isNew) in zip(labels, isNew) {
      let pair = ImageTagPair(
        imageId: label.image.description, tagId: label.tag.description)
      if isNew { summary.created.append(pair) } else { summary.duplicated.append(pair) }
    }
    return try .json(summary)
  }

  func deleteImageTags(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let ids: [ImageID] = try call.query.ids("imageIds", limit: limits.batchCount, missing: "Image")
    guard !ids.isEmpty else { throw ServiceError.missing("imageIds") }
    let images = try library.images(ids, of: project.id).map(\.id)
    let tags = try wantedTags(call)
    guard !tags.isEmpty else { throw ServiceError.missing("tagIds") }
    for tag in tags {
      try library.label(images, .remove(tag), in: project.id)
    }
    return .nothing
  }

  // MARK: - Models

  func answer(_ images: [Image], in project: Project, to call: Call) throws -> Answer {
    try .json(
      try library.details(of: images, in: project.id).map { Self.model(of: $0, for: call) })
  }

  static func model(of details: ImageDetails, for call: Call) -> ImageModel {
    let image = details.image
    return ImageModel(
      id: image.id.description, created: timestamp(details.arrived), width: image.width,
      height: image.height, resizedImageUri: address(of: image.id, .original, for: call),
      thumbnailUri: address(of: image.id, .thumbnail, for: call),
      originalImageUri: address(of: image.id, .original, for: call),
      tags: details.tags.map {
        ImageModel.Tag(
          tagId: $0.tag.id.description, tagName: $0.tag.name, created: timestamp($0.given))
      })
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

  // MARK: - Queries

  /// The tags that a request names; images with any of them are meant.
  private func wantedTags(_ call: Call) throws -> [TagID] {
    if call.query.text("$filter") != nil || call.query.text("filter") != nil {
      throw ServiceError.absent("A filter by metadata")
    }
    // Deletion names ids in the same parameters, but knows no iterations.
    if call.operation != .deleteImageTags { try refuseIteration(call) }
    return try call.query.ids("tagIds", limit: limits.tagCount, missing: "Tag")
  }

  private func isNewestFirst(_ call: Call) throws -> Bool {
    switch (call.query.text("orderBy") ?? "Newest").lowercased() {
    case "newest": return true
    case "oldest": return false
    case let word: throw ServiceError.badRequest("“\(word)” is no order.")
    }
  }

  private func images(
    bearing tags: [TagID], _ filter: ImageFilter, of project: Project
  ) throws -> [Image] {
    try library.images(of: project.id, filter).filter { !Set(tags).isDisjoint(with: $0.tags) }
  }
}
