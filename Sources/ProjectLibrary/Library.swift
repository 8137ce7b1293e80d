public import Dataset
public import Embeddings
import Foundation
public import Imaging
import ProjectStore

/// A folder with projects, and everything that can be done with them.
///
/// Command line, workbench and server call the same functions; several processes may have one library
/// open at once. Its files:
///
/// - `library.sqlite`: what people did and what was trained; nothing here can be computed again.
/// - `cache.sqlite`: thumbnails and embeddings; may be deleted at any time.
/// - `originals/`: image files under the SHA-256 of their bytes.
/// - `asked/`: pictures that programs asked about, until they are forgotten.
/// - `promises/`: trainings that programs were promised and that are not there yet.
/// - `exports/`: models that programs asked the server for; may be deleted at any time.
/// - `locks/`: held while a job runs, released by the kernel when its process ends.
public final class Library: Sendable {
  /// The path of the library's folder.
  public let path: String
  /// Who makes changes through this object: undo takes back this person's changes.
  public let actor: String
  /// The largest pictures that are read, from any place.
  public let limits: DecodingLimits

  let store: ProjectStore
  let cache: CacheStore
  let originals: Originals
  /// The files of what programs asked, each for as long as a stored prediction refers to it.
  let asked: Originals
  let now: @Sendable () -> Double
  let trainer = TrainingRunner()
  let importer = ImportRunner()
  let predictor = PredictionRunner()
  let embeddingRunner = EmbeddingRunner()
  let shelf = PixelShelf()
  let lists = ListCache()
  let judges = JudgeCache()
  private let makeEmbedder: @Sendable (Domain) throws -> any Embedder

  /// Opens the library in a folder, making it when there is none.
  ///
  /// - Parameters:
  ///   - actor: Who makes changes, as the history shows it.
  ///   - limits: The largest pictures that are read.
  ///   - now: Tells the time in seconds since 1970.
  ///   - warn: Told of trouble that was mended; may be called on any thread.
  ///   - embedder: Gives what makes a domain's embeddings; asked for only when some are needed.
  /// - Throws: `LibraryError.system`, `StoreError`.
  public init(
    path: String, actor: String, limits: DecodingLimits = .standard,
    now: @escaping @Sendable () -> Double = Library.clock,
    warn: @escaping @Sendable (LibraryWarning) -> Void = { _ in },
    embedder: @escaping @Sendable (Domain) throws -> any Embedder
  ) throws {
    self.path = path
    self.actor = actor
    self.limits = limits
    self.now = now
    makeEmbedder = embedder
    try makeFolder(path)
    try makeFolder("\(path)/locks")
    originals = try Originals(path: "\(path)/originals")
    asked = try Originals(path: "\(path)/asked")
    // Two processes that make one library at the same moment would both lay out its tables.
    let openingLock = "\(path)/locks/opening"
    let opening = try FileLock.acquire(openingLock)
    defer { opening.release() }
    store = try ProjectStore(path: "\(path)/library.sqlite", now: now)
    let cachePath = "\(path)/cache.sqlite"
    cache = CacheStore(
      path: cachePath,
      exclusively: { body in
        let opening = try FileLock.acquire(openingLock)
        defer { opening.release() }
        try body()
      }, wasRenewed: { warn(.cacheBegunAnew(path: cachePath)) })
  }

  /// The time of day, in seconds since 1970.
  public static let clock: @Sendable () -> Double = { Date().timeIntervalSince1970 }

  func embedder(for domain: Domain) throws -> any Embedder { try makeEmbedder(domain) }
}
