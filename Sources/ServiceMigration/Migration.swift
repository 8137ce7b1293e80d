import CustomVisionAPI
public import Dataset
public import ProjectLibrary

/// Copies projects out of a service into a library, under the ids that they have there.
///
/// What is here already is left alone, so a migration that was broken off goes on where it was.
public struct Migration: Sendable {
  /// What became of one project.
  public struct Report: Sendable {
    public let name: String
    /// `nil` for a project of object detection, which is left out.
    public internal(set) var project: ProjectID?
    /// Why the project could not be made here, or its tags; nothing more of it was copied then.
    public internal(set) var obstacle: LibraryError?
    /// Images in the service, and those of them that the library holds now.
    public internal(set) var serviceCount = 0
    public internal(set) var copiedCount = 0
    public internal(set) var presentCount = 0
    /// Images that were copied once and removed here; they are not copied again.
    public internal(set) var removedCount = 0
    /// Images whose content the project already has under another id.
    public internal(set) var duplicateCount = 0
    /// Images that could not be copied, by their ids in the service.
    public internal(set) var failures: [(image: String, reason: Failure)] = []
    /// Tags that the library counts other than the service.
    public internal(set) var tagDifferences: [TagDifference] = []

    /// Whether everything is here, by the service's own counts.
    public var isComplete: Bool {
      obstacle == nil && presentCount + duplicateCount == serviceCount && failures.isEmpty
        && tagDifferences.isEmpty
    }
  }

  public struct TagDifference: Hashable, Sendable {
    public let tag: String
    public let serviceCount: Int
    public let count: Int
  }

  public enum Failure: Sendable {
    case notFetched(any Error)
    case refused(AdditionRefusal)
  }

  private let client: ServiceClient
  private let library: Library

  /// Images asked for in one list, the most that the service gives.
  private static let pageCount = 256
  /// Images whose files are fetched and added together.
  private static let batchCount = 64
  /// Files fetched at once.
  private static let width = 8
  /// The service's pictures are within its own bounds; those of other programs are taken as they are.
  private static let bounds = PictureBounds(side: 1 << 20, ratio: 1 << 20)

  public init(from client: ServiceClient, into library: Library) {
    self.client = client
    self.library = library
  }

  /// Copies all projects, or the one of a name or id. What stands in the way of one does not keep the
  /// others from being copied.
  ///
  /// - Parameter progress: Told the project's name, images looked at and images of it in the service.
  /// - Throws: `MigrationError`, `WebError`, `LibraryError`; `CancellationError`.
  public func run(
    only name: String?, progress: @Sendable (String, Int, Int) -> Void
  ) async throws -> [Report] {
    let all = try await client.projects()
    let wanted = all.filter { name == nil || $0.name == name || $0.id == name?.lowercased() }
    if let name, wanted.isEmpty {
      throw MigrationError.projectNotFound(name, known: all.map(\.name))
    }
    var reports: [Report] = []
    for project in wanted {
      reports.append(try await copy(project) { progress(project.name, $0, $1) })
    }
    return reports
  }

  private func copy(
    _ source: ProjectAnswer, progress: @Sendable (Int, Int) -> Void
  ) async throws -> Report {
    var report = Report(name: source.name)
    guard let project = Project(source) else { return report }
    report.project = project.id
    let tags = try await client.tags(of: source.id)
    do {
      _ = try library.adopt(project)
      try library.adopt(
        tags.compactMap { answer in
          Tag(answer).map { (tag: $0, description: answer.description ?? "") }
        },
        in: project.id)
    } catch let error as LibraryError {
      report.obstacle = error
      return report
    }
    for group in ImageGroup.allCases {
      report.serviceCount += try await client.imageCount(of: source.id, group)
    }
    var listed: Set<ImageID> = []
    for group in ImageGroup.allCases {
      var skip = 0
      while true {
        let page = try await client.images(
          of: source.id, group, skip: skip, take: Self.pageCount)
        if page.isEmpty { break }
        skip += page.count
        try await copy(page, to: project, &report)
        listed.formUnion(page.compactMap { ImageID($0.id) })
        progress(listed.count, report.serviceCount)
      }
    }
    (report.presentCount, report.removedCount) = try library.presence(
      of: Array(listed), in: project.id)
    report.tagDifferences = try differences(from: tags, in: project.id)
    return report
  }

  /// Copies those images of a page that the library lacks.
  private func copy(
    _ page: [ImageAnswer], to project: Project, _ report: inout Report
  ) async throws {
    let unknown = Set(
      try library.unknownImages(among: page.compactMap { ImageID($0.id) }).map(\.description))
    let missing = page.filter { unknown.contains($0.id.lowercased()) }
    for start in stride(from: 0, to: missing.count, by: Self.batchCount) {
      try Task.checkCancellation()
      let batch = missing[start..<min(start + Self.batchCount, missing.count)]
      let files = try await files(of: Array(batch))
      var pictures: [NewPicture] = []
      for (image, file) in zip(batch, files) {
        switch file {
        case .success(let bytes): pictures.append(NewPicture(image, bytes))
        case .failure(let error): report.failures.append((image.id, .notFetched(error)))
        }
      }
      let additions = try library.add(pictures, to: project, within: Self.bounds)
      for (picture, addition) in zip(pictures, additions) {
        switch addition {
        case .added: report.copiedCount += 1
        case .duplicate: report.duplicateCount += 1
        case .refused(let refusal):
          report.failures.append((picture.name, .refused(refusal)))
        }
      }
    }
  }

  /// A file at its place among those that are fetched together.
  private struct FetchedFile: Sendable {
    let place: Int
    let bytes: Result<[UInt8], any Error>
  }

  /// - Throws: `CancellationError`.
  private func files(
    of images: [ImageAnswer]
  ) async throws -> [Result<[UInt8], any Error>] {
    var files: [Result<[UInt8], any Error>] = []
    for start in stride(from: 0, to: images.count, by: Self.width) {
      let part = images[start..<min(start + Self.width, images.count)]
      let fetched = await withTaskGroup(of: FetchedFile.self) { group in
        for (place, image) in part.enumerated() {
          group.addTask { FetchedFile(place: place, bytes: await file(of: image)) }
        }
        var fetched: [FetchedFile] = []
        for await file in group { fetched.append(file) }
        return fetched
      }
      try Task.checkCancellation()
      files += fetched.sorted { $0.place < $1.place }.map(\.bytes)
    }
    return files
  }

  private func file(of image: ImageAnswer) async -> Result<[UInt8], any Error> {
    do { return .success(try await client.file(of: image)) } catch { return .failure(error) }
  }

  private func differences(
    from tags: [TagAnswer], in project: ProjectID
  ) throws -> [TagDifference] {
    let counts = try library.tagCounts(of: project)
    return tags.compactMap { answer in
      let count = counts.first { $0.tag.id == TagID(answer.id) }?.imageCount ?? 0
      return count == answer.imageCount
        ? nil
        : TagDifference(tag: answer.name, serviceCount: answer.imageCount, count: count)
    }
  }
}

extension Project {
  /// `nil` for a project of object detection, or without an id.
  fileprivate init?(_ answer: ProjectAnswer) {
    guard let id = ProjectID(answer.id) else { return nil }
    let domain = answer.settings.domainId.lowercased()
    guard !ServiceDomain.detectionIDs.contains(domain),
      let type = answer.settings.classificationType?.lowercased()
    else { return nil }
    self.init(
      id: id, name: answer.name, description: answer.description ?? "",
      type: type == "multiclass" ? .multiclass : .multilabel,
      domain: ServiceDomain.with(id: domain)?.exportable == true ? .compact : .general)
  }
}

extension Tag {
  fileprivate init?(_ answer: TagAnswer) {
    guard let id = TagID(answer.id) else { return nil }
    self.init(
      id: id, name: answer.name, kind: answer.type.lowercased() == "negative" ? .negative : .regular
    )
  }
}

extension NewPicture {
  fileprivate init(_ image: ImageAnswer, _ bytes: [UInt8]) {
    self.init(
      name: image.id, bytes: bytes, tags: (image.tags ?? []).compactMap { TagID($0.tagId) },
      metadata: image.metadata ?? [:], id: ImageID(image.id))
  }
}
