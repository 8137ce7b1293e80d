public import Dataset
import Imaging
import ProjectStore

/// When a project was made and last changed, in seconds since 1970.
public struct ProjectTimes: Hashable, Sendable {
  public let made: Double
  public let changed: Double
}

/// A tag that an image bears, and when it was given, in seconds since 1970.
public struct GivenTag: Hashable, Sendable {
  public let tag: Tag
  public let given: Double
}

/// An image with what programs ask about it. Times are seconds since 1970.
public struct ImageDetails: Hashable, Sendable {
  public let image: Image
  public let arrived: Double
  /// The tags that it bears, in the order of the project's list.
  public let tags: [GivenTag]
}

extension Library {
  /// - Throws: `.projectNotFound`.
  public func times(of project: ProjectID) throws -> ProjectTimes {
    guard let times = try store.read({ try $0.times(of: project) }) else {
      throw LibraryError.projectNotFound(project.description, known: [])
    }
    return ProjectTimes(made: times.made, changed: times.changed)
  }

  /// What there is to say of images, in their order.
  public func details(of images: [Image], in project: ProjectID) throws -> [ImageDetails] {
    let ids = images.map(\.id)
    return try store.read { snapshot in
      let tags = try snapshot.tags(of: project, includingDeleted: true)
      let byID = Dictionary(uniqueKeysWithValues: tags.map { ($0.id, $0) })
      let arrivals = try snapshot.arrivals(of: ids)
      let given = try snapshot.labelTimes(of: ids)
      return images.map { image in
        ImageDetails(
          image: image, arrived: arrivals[image.id] ?? 0,
          tags: image.tags.compactMap { tag in
            byID[tag].map {
              GivenTag(tag: $0, given: given[LabelKey(image: image.id, tag: tag)] ?? 0)
            }
          })
      }
    }
  }

  /// The images of the project with these ids, in their order.
  ///
  /// - Throws: `.imageNotFound` for the first that is not in the project, or was removed.
  public func images(_ ids: [ImageID], of project: ProjectID) throws -> [Image] {
    let images = try store.read { try $0.images(ids, of: project) }
    let found = Set(images.map(\.id))
    if let missing = ids.first(where: { !found.contains($0) }) {
      throw LibraryError.imageNotFound(missing.description)
    }
    return images
  }

  /// The file of an image as it was imported.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`.
  public func file(of image: Image) throws -> [UInt8] {
    try originals.bytes(of: image.content, name: image.name)
  }

  /// An image's thumbnail as a JPEG file, at most 256 pixels a side.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`, `ImagingError`.
  public func thumbnailFile(of image: Image) throws -> [UInt8] {
    try thumbnail(of: image.content).jpegData(quality: thumbnailQuality)
  }

  /// The project's iteration with this id; `nil` when there is none, or it was deleted.
  public func iteration(_ id: IterationID, of project: ProjectID) throws -> Iteration? {
    try store.read { try $0.iteration(id, of: project) }
  }

  /// The id of the project's iteration that is published under a name; `nil` where none is.
  ///
  /// Programs that ask name it with every picture: nothing else of it is read.
  public func publishedIterationID(
    named name: String, of project: ProjectID
  ) throws -> IterationID? {
    try store.read { try $0.publishedIterationID(named: name, of: project) }
  }
}
