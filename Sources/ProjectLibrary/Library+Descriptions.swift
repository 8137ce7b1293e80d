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
    try change(in: project, command: "tag describe") {
      try $0.record(.tagDescription(tag, description))
    }
  }

  /// Makes a tag the negative one, or a regular one again. It takes effect with the next training.
  ///
  /// - Throws: `.tagNotFound`, `.negativeTagExists`, `.negativeTagBesideOthers`.
  public func setKind(_ kind: TagKind, of tag: TagID, in project: ProjectID) throws {
    try change(in: project, command: "tag kind") { recorder in
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
  /// - Parameter limit: Entries that an image may have; one that would have more keeps what it has.
  /// - Returns: What became of each image, in their order.
  public func addMetadata(
    _ entries: [String: String], to images: [ImageID], in project: ProjectID,
    limit: Int = .max
  ) throws -> [MetadataAddition] {
    try change(in: project, command: "image metadata") { recorder in
      let snapshot = recorder.snapshot
      let present = Set(try snapshot.images(images, of: project).map(\.id))
      return try images.map { image in
        guard present.contains(image) else { return .imageNotFound }
        let metadata = try recorder.metadata(of: image, adding: entries)
        guard metadata.entries.count <= limit else { return .exceeding }
        try recorder.record(.imageMetadata(image, metadata))
        return .added(metadata)
      }
    }
  }
}

/// What became of metadata that was to be added to an image.
public enum MetadataAddition: Equatable, Sendable {
  /// What the image has then.
  case added(ImageMetadata)
  case imageNotFound
  /// Not added: the image would have more entries than it may.
  case exceeding
}

extension Recorder {
  /// What an image would have with more entries, in place of those of the same keys.
  func metadata(of image: ImageID, adding entries: [String: String]) throws -> ImageMetadata {
    var metadata = try snapshot.metadata(of: [image])[image] ?? ImageMetadata()
    metadata.entries.merge(entries) { _, new in new }
    return metadata
  }
}
