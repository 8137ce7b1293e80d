public import Dataset
import Imaging
import ProjectStore

/// What came of a project file.
public struct ProjectFileReport: Equatable, Sendable {
  public let project: Project
  public let imageCount: Int
  /// Pictures that cannot be read here.
  public let refused: [RefusedFile]
}

/// A whole project as one file: a tar archive of a list of its pictures and tags (JSON), and of each
/// picture's bytes under their SHA-256.
extension Library {
  /// Writes a project with its pictures, tags, labels and verdicts; without its iterations and its log.
  ///
  /// A regular file is whole, or as it was before; one project gives the same bytes every time.
  ///
  /// - Parameter replaces: Whether a regular file that is there may be replaced.
  /// - Throws: `FileExists`; `.originalMissing`, `.originalDamaged`, `.system`, `CancellationError`.
  /// - Returns: How many pictures it holds.
  public func writeProjectFile(
    _ path: String, of project: Project, replacing replaces: Bool = false
  ) throws -> Int {
    let (manifest, images) = try manifest(of: project)
    try writeFile(FilePath(path), replacing: replaces) { try write(manifest, images, to: $0) }
    return images.count
  }

  private func write(
    _ manifest: ProjectManifest, _ images: [Image], to file: borrowing FileDescriptor
  ) throws {
    try file.writeEntry(ProjectManifest.entryName, try manifest.encoded())
    for image in images {
      try Task.checkCancellation()
      try file.writeEntry(
        ProjectManifest.entryName(ofContent: image.content.description),
        try originals.bytes(of: image.content, name: image.name))
    }
    try file.writeAll([UInt8](repeating: 0, count: 2 * TarHeader.byteCount))
  }

  private func manifest(of project: Project) throws -> (ProjectManifest, [Image]) {
    try store.read { snapshot in
      guard let project = try snapshot.project(project.id) else {
        throw LibraryError.projectNotFound(project.name, known: [])
      }
      let tags = try snapshot.tags(of: project.id)
      let images = try snapshot.images(of: project.id)
      let descriptions = try snapshot.tagDescriptions(of: project.id)
      let metadata = try snapshot.metadata(of: project.id)
      let confirmed = try snapshot.confirmedTags(of: project.id)
      let kept = try snapshot.imagesKeptBesideDuplicates(of: project.id)
      let index = Dictionary(uniqueKeysWithValues: zip(tags.map(\.id), tags.indices))
      return (
        ProjectManifest(
          name: project.name, description: project.description, type: project.type.rawValue,
          domain: project.domain.rawValue,
          tags: tags.map {
            ProjectManifest.Tag(
              name: $0.name, kind: $0.kind.rawValue, description: descriptions[$0.id] ?? "")
          },
          images: images.map { image in
            ProjectManifest.Picture(
              content: image.content.description, name: image.name, path: image.path,
              tags: image.tags.compactMap { index[$0] }.sorted(),
              confirmed: (confirmed[image.id] ?? []).compactMap { index[$0] }.sorted(),
              keptBesideDuplicates: kept.contains(image.id) ? true : nil,
              metadata: metadata[image.id]?.entries ?? [:])
          }), images
      )
    }
  }

  /// Makes a project of a project file. It is there as a whole, or not at all.
  ///
  /// Nothing of the file is believed: every entry must be named by its list and have the bytes that its
  /// name says, every picture is decoded, and names, tags and labels obey the project's rules. No path of
  /// the file is ever used as one.
  ///
  /// - Parameter name: What the project shall be called instead.
  /// - Throws: `ProjectFileError`; `.nameInvalid`, `.projectNameTaken`.
  public func readProjectFile(_ path: String, named name: String? = nil) throws -> ProjectFileReport
  {
    var reader = try ProjectFileReader.opening(FilePath(path))
    guard
      let first = try reader.next(limit: { name in
        guard name == ProjectManifest.entryName else { throw ProjectFileError.notAProjectFile }
        return ProjectManifest.mostBytes
      })
    else { throw ProjectFileError.notAProjectFile }
    let manifest = try CheckedManifest(try ProjectManifest(decoding: first.bytes), named: name)
    try store.read { try requireFree(manifest.project.name, in: $0) }
    let (files, refused) = try pictures(of: manifest, &reader)
    try originals.synchronise()
    try change(
      in: manifest.project.id, command: "project import", undoable: false
    ) { recorder in
      try requireFree(manifest.project.name, in: recorder.snapshot)
      try recorder.make(manifest, files)
    }
    return ProjectFileReport(
      project: manifest.project, imageCount: files.count, refused: refused)
  }

  /// Keeps the bytes of all pictures that can be read here.
  private func pictures(
    of manifest: CheckedManifest, _ reader: inout ProjectFileReader
  ) throws -> (files: [ContentHash: ContentFacts], refused: [RefusedFile]) {
    var open = Dictionary(
      uniqueKeysWithValues: manifest.images.map {
        (ProjectManifest.entryName(ofContent: $0.content.description), $0)
      })
    var files: [ContentHash: ContentFacts] = [:]
    var refused: [RefusedFile] = []
    let limit = limits.byteCount
    while let entry = try reader.next(limit: { name in
      guard open[name] != nil else { throw ProjectFileError.entryUnexpected(name) }
      return limit
    }) {
      try Task.checkCancellation()
      guard let (content, picture) = open.removeValue(forKey: entry.name),
        contentHash(of: entry.bytes) == content
      else { throw ProjectFileError.entryDamaged(entry.name) }
      do {
        let file = try prepare(
          entry.bytes, named: FilePath(picture.name), from: nil, for: manifest.project)
        files[content] = file.content
        try cache.keep(thumbnails: file.thumbnail.map { [(content, $0)] } ?? [])
      } catch let refusal as Refusal {
        refused.append(RefusedFile(path: picture.path, reason: refusal))
      }
    }
    if !open.isEmpty {
      throw ProjectFileError.picturesMissing(
        manifest.images.filter {
          open[ProjectManifest.entryName(ofContent: $0.content.description)] != nil
        }.map(\.picture.name))
    }
    return (files, refused)
  }
}

extension FileDescriptor {
  /// Writes an entry of a tar archive.
  fileprivate func writeEntry(_ name: String, _ bytes: [UInt8]) throws {
    try writeAll(TarHeader(name: name, size: bytes.count).bytes)
    try writeAll(bytes)
    try writeAll([UInt8](repeating: 0, count: TarHeader.padding(after: bytes.count)))
  }
}

extension Recorder {
  fileprivate mutating func make(
    _ manifest: CheckedManifest, _ files: [ContentHash: ContentFacts]
  ) throws {
    try makeProject(manifest.project)
    for (tag, description) in zip(manifest.tags, manifest.tagDescriptions) {
      try makeTag(tag)
      try record(.tagDescription(tag.id, description))
    }
    for (content, picture) in manifest.images {
      guard let facts = files[content] else { continue }
      let image = ImageID.random()
      try makeImage(image, content: facts, name: picture.name, path: picture.path)
      try record(.imageMetadata(image, ImageMetadata(picture.metadata)))
      try record(.keptBesideDuplicates(image, picture.keptBesideDuplicates ?? false))
      for tag in picture.tags { try record(.label(image, manifest.tags[tag].id, true)) }
      for tag in picture.confirmed {
        try record(
          .verdict(image, manifest.tags[tag].id, picture.tags.contains(tag)))
      }
    }
  }
}
