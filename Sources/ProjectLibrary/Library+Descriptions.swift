public import Dataset
import ProjectStore

/// What programs say about projects, tags and images besides their names.
extension Library {
  /// What programs have set for a project.
  public func programSettings(of project: ProjectID) throws -> ProgramSettings {
    try store.read { try $0.programSettings(of: project) }
  }

  /// Replaces what programs have set for a project.
  public func set(_ settings: ProgramSettings, of project: ProjectID) throws {
    try store.write { try $0.set(settings, of: project) }
  }

  /// What tags are for, where somebody said so.
  public func tagDescriptions(of project: ProjectID) throws -> [TagID: String] {
    try store.read { try $0.tagDescriptions(of: project) }
  }

  public func describe(_ tag: TagID, as description: String, in project: ProjectID) throws {
    try store.change(in: project, by: actor, command: "tag describe") {
      try $0.record(.tagDescription(tag, description))
    }
  }

  /// Makes a tag the negative one, or a regular one again. It takes effect with the next training.
  ///
  /// - Throws: `.tagNotFound`, `.negativeTagExists`, `.negativeTagBesideOthers`.
  public func setKind(_ kind: TagKind, of tag: TagID, in project: ProjectID) throws {
    try store.change(in: project, by: actor, command: "tag kind") { recorder in
      let snapshot = recorder.snapshot
      if kind == .negative, let obstacle = try snapshot.obstacle(toNegative: tag, in: project) {
        throw obstacle
      }
      _ = try snapshot.requireTag(tag.description, of: project)
      try recorder.record(.tagKind(tag, kind))
    }
  }

  /// The metadata of a project's images, of those that have any.
  public func metadata(of project: ProjectID) throws -> [ImageID: ImageMetadata] {
    try store.read { try $0.metadata(of: project) }
  }

  /// The metadata of images, of those that have any.
  public func metadata(of images: [ImageID]) throws -> [ImageID: ImageMetadata] {
    try store.read { try $0.metadata(of: images) }
  }

  /// Adds entries to the metadata of images, in place of those of the same keys.
  ///
  /// - Returns: What each has then, in their order; `nil` for an image that the project lacks.
  public func addMetadata(
    _ entries: [String: String], to images: [ImageID], in project: ProjectID
  ) throws -> [ImageMetadata?] {
    try store.change(in: project, by: actor, command: "image metadata") { recorder in
      let snapshot = recorder.snapshot
      let present = Set(try snapshot.images(images, of: project).map(\.id))
      return try images.map { image in
        present.contains(image) ? try recorder.addMetadata(entries, to: image) : nil
      }
    }
  }
}

extension Recorder {
  /// Adds entries to an image's metadata, in place of those of the same keys; returns what it has then.
  mutating func addMetadata(
    _ entries: [String: String], to image: ImageID
  ) throws -> ImageMetadata {
    var metadata = try snapshot.metadata(of: [image])[image] ?? ImageMetadata()
    metadata.entries.merge(entries) { _, new in new }
    try record(.imageMetadata(image, metadata))
    return metadata
  }
}
