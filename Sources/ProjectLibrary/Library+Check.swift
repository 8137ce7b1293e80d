public import Dataset
import ProjectStore

/// Trouble with a library's files that was mended by itself.
public enum LibraryWarning: Equatable, Sendable {
  /// The file of thumbnails and embeddings was damaged; its contents are made again when needed.
  case cacheBegunAnew(path: String)
}

/// What a look at all of a library's files found.
public struct LibraryCheck: Equatable, Sendable {
  /// An image whose file in the library is missing or has changed.
  public struct DamagedImage: Equatable, Sendable {
    public let project: String
    public let image: Image
    /// `.originalMissing`, `.originalDamaged` or `.system`.
    public let reason: LibraryError
  }

  /// What SQLite finds wrong with `library.sqlite`, which cannot be made again.
  public internal(set) var libraryFaults: [String] = []
  /// What SQLite found wrong with `cache.sqlite`, which was begun anew then.
  public internal(set) var cacheFaults: [String] = []
  public internal(set) var damagedImages: [DamagedImage] = []
  /// Files of images that were read.
  public internal(set) var contentCount = 0

  /// Whether nothing is wrong that a person has to mend.
  public var isSound: Bool { libraryFaults.isEmpty && damagedImages.isEmpty }
}

extension Library {
  /// Reads every file of the library and compares it with what it has to be.
  ///
  /// An image whose file is damaged is mended by importing the same picture again.
  ///
  /// - Parameter progress: Called with the number of images' files that were read, and of all.
  /// - Throws: `CancellationError`, `StoreError` for a library that cannot even be listed.
  public func check(
    progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> LibraryCheck {
    try await importer.check(self, progress: progress)
  }
}

extension ImportRunner {
  /// See `Library.check`.
  func check(
    _ library: Library, progress: @Sendable (Int, Int) -> Void
  ) throws -> LibraryCheck {
    var check = LibraryCheck()
    check.libraryFaults = try library.store.faults()
    check.cacheFaults = try library.cache.faults()
    if !check.cacheFaults.isEmpty { try library.cache.beginAnew() }
    let holders = try library.store.read { snapshot in
      // What was deleted or removed may be restored.
      try snapshot.projects(includingDeleted: true).flatMap { project in
        try (snapshot.images(of: project.id) + snapshot.images(of: project.id, .removed))
          .map { (project: project.name, image: $0) }
      }
    }
    let byContent = Dictionary(grouping: holders) { $0.image.content }
    let contents = byContent.keys.sorted()
    try inOrder(contents, concurrency: Self.readerCount) { content in
      library.originals.fault(of: content, name: byContent[content]?.first?.image.name ?? "")
    } consume: { content, fault in
      check.contentCount += 1
      if let fault {
        check.damagedImages += (byContent[content] ?? []).map {
          LibraryCheck.DamagedImage(project: $0.project, image: $0.image, reason: fault)
        }
      }
      progress(check.contentCount, contents.count)
    }
    return check
  }
}
