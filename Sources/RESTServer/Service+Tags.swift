import CustomVisionAPI
import Dataset
import ProjectLibrary

extension Service {
  func tags(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    return try .json(try models(of: try tagCounts(call, in: project), in: project))
  }

  func tag(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    return try .json(try models(of: [try tagCount(of: call, in: project)], in: project)[0])
  }

  func createTag(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    guard let name = call.query.text("name") else {
      throw ServiceError.badRequest("BadRequestTagName", "A tag needs a name.")
    }
    let kind = try call.query.text("type").map(Self.kind) ?? .regular
    let tag = try ServiceError.naming("BadRequestTagName") {
      try library.createTag(name, kind: kind, in: project.id)
    }
    if let description = call.query.text("description") {
      try library.describe(tag.id, as: description, in: project.id)
    }
    return try .json(try models(of: [TagCount(tag: tag, imageCount: 0)], in: project)[0])
  }

  func updateTag(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let tag = try tagCount(of: call, in: project).tag
    let update = try call.model(TagUpdate.self)
    if let kind = try update.type.map(Self.kind), kind != tag.kind {
      try library.setKind(kind, of: tag.id, in: project.id)
    }
    if let name = update.name, name != tag.name {
      try ServiceError.naming("BadRequestTagName") {
        try library.renameTag(tag.id.description, to: name, in: project.id)
      }
    }
    if let description = update.description {
      try library.describe(tag.id, as: description, in: project.id)
    }
    return try .json(try models(of: [try tagCount(of: call, in: project)], in: project)[0])
  }

  func deleteTag(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    try library.deleteTag(
      try tagCount(of: call, in: project).tag.id.description, in: project.id)
    return .nothing
  }

  /// The tags now, or as of the iteration that the request names.
  private func tagCounts(_ call: Call, in project: Project) throws -> [TagCount] {
    try iterationAsked(call, of: project).map {
      try library.tagCounts(of: project.id, asOf: $0)
    } ?? library.tagCounts(of: project.id)
  }

  private func tagCount(of call: Call, in project: Project) throws -> TagCount {
    let id: TagID = try call.id("tag", missing: "Tag")
    guard let found = try tagCounts(call, in: project).first(where: { $0.tag.id == id })
    else { throw ServiceError.notFound("Tag") }
    return found
  }

  private func models(of counts: [TagCount], in project: Project) throws -> [TagModel] {
    let descriptions = try library.tagDescriptions(of: project.id)
    return counts.map { count in
      TagModel(
        id: count.tag.id.description, name: count.tag.name,
        description: descriptions[count.tag.id] ?? "", type: Self.word(for: count.tag.kind),
        imageCount: count.imageCount)
    }
  }

  static func word(for kind: TagKind) -> String {
    switch kind {
    case .regular: "Regular"
    case .negative: "Negative"
    }
  }

  private static func kind(_ word: String) throws -> TagKind {
    switch word.lowercased() {
    case "regular": return .regular
    case "negative": return .negative
    default:
      throw ServiceError.badRequest("BadRequestTagType", "“\(word)” is no type of tag.")
    }
  }
}
