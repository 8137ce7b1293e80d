import CustomVisionAPI
import Dataset
import ProjectLibrary

extension Service {
  func tags(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    try refuseIteration(call)
    return try .json(try library.tagCounts(of: project.id).map(Self.model))
  }

  func tag(_ call: Call) throws -> Answer {
    try refuseIteration(call)
    return try .json(Self.model(try tagCount(of: call, in: try project(of: call))))
  }

  func createTag(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    guard let name = call.query.text("name") else {
      throw ServiceError.badRequest("BadRequestTagName", "A tag needs a name.")
    }
    let kind = try call.query.text("type").map(Self.kind) ?? .regular
    let tag = try library.createTag(name, kind: kind, in: project.id)
    return try .json(Self.model(TagCount(tag: tag, imageCount: 0)))
  }

  func updateTag(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let tag = try tagCount(of: call, in: project).tag
    let update = try call.model(TagUpdate.self)
    if let type = update.type, try Self.kind(type) != tag.kind {
      throw ServiceError.absent("Changing the type of a tag")
    }
    if let name = update.name, name != tag.name {
      try library.renameTag(tag.id.description, to: name, in: project.id)
    }
    return try .json(Self.model(try tagCount(of: call, in: project)))
  }

  func deleteTag(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    try library.deleteTag(
      try tagCount(of: call, in: project).tag.id.description, in: project.id)
    return .nothing
  }

  /// Pictures and tags as they were when an iteration was trained are not told yet.
  func refuseIteration(_ call: Call) throws {
    if call.query.text("iterationId") != nil {
      throw ServiceError.absent("\(call.operation.rawValue) as of an iteration")
    }
  }

  private func tagCount(of call: Call, in project: Project) throws -> TagCount {
    let id: TagID = try call.id("tag", missing: "Tag")
    guard let found = try library.tagCounts(of: project.id).first(where: { $0.tag.id == id })
    else { throw ServiceError.notFound("Tag") }
    return found
  }

  private static func model(_ count: TagCount) -> TagModel {
    TagModel(
      id: count.tag.id.description, name: count.tag.name, type: word(for: count.tag.kind),
      imageCount: count.imageCount)
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
