import Dataset
import Dispatch
import Embeddings
import Synchronization

/// Pixels of pictures that were just imported, until the embedding job of this process takes them.
///
/// It saves decoding a picture twice and nothing else: what is not here is read from the original.
/// While a job takes pixels, an import waits once about 200 MB are on the shelf; without a job
/// nothing is kept.
final class PixelShelf: Sendable {
  /// A picture that was imported.
  struct Item: Sendable {
    let content: ContentHash
    let pixels: EmbeddingPixels
  }

  private struct State {
    /// The recipe of the domain whose pictures a job takes just now.
    var taker: (domain: Domain, recipe: EmbeddingRecipe)?
    var items: [Item] = []
    var byteCount = 0
    /// Imports that are on their way, by the domain of their project.
    var importCounts: [Domain: Int] = [:]
  }

  private let byteLimit: Int
  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let room = DispatchSemaphore(value: 0)

  /// How long a sleeper does not notice that its task was cancelled.
  private static let patience = DispatchTimeInterval.milliseconds(50)

  init(byteLimit: Int = 200_000_000) { self.byteLimit = byteLimit }

  // MARK: - The import's side

  /// Notes that pictures are on their way, so that the job waits for them.
  func importBegins(_ domain: Domain) {
    state.withLock { $0.importCounts[domain, default: 0] += 1 }
  }

  func importEnds(_ domain: Domain) {
    state.withLock { $0.importCounts[domain, default: 1] -= 1 }
    arrived.signal()
  }

  /// What an import into a project of this domain should cut out of its pictures, if anything.
  func wantedRecipe(of domain: Domain) -> EmbeddingRecipe? {
    state.withLock { $0.taker?.domain == domain ? $0.taker?.recipe : nil }
  }

  /// Puts pixels down for the job; waits for room while there is a job that makes some.
  func put(_ item: Item, recipe: EmbeddingRecipe) {
    while !Task.isCancelled {
      let isDone = state.withLock { state in
        guard state.taker?.recipe == recipe else { return true }
        guard state.byteCount < byteLimit else { return false }
        state.items.append(item)
        state.byteCount += item.pixels.byteCount
        return true
      }
      if isDone {
        arrived.signal()
        return
      }
      _ = room.wait(timeout: .now() + Self.patience)
    }
  }

  /// Puts pixels down where there is room and a job that makes some; else the job finds them itself.
  func offer(_ item: Item, recipe: EmbeddingRecipe) {
    let isTaken = state.withLock { state in
      guard state.taker?.recipe == recipe, state.byteCount < byteLimit else { return false }
      state.items.append(item)
      state.byteCount += item.pixels.byteCount
      return true
    }
    if isTaken { arrived.signal() }
  }

  // MARK: - The job's side

  /// Has imports put down pixels from now on; one job at a time.
  func open(for domain: Domain, _ recipe: EmbeddingRecipe) {
    state.withLock { state in
      precondition(state.taker == nil, "two jobs take pixels")
      state.taker = (domain, recipe)
    }
  }

  /// Has imports put down nothing any more, and forgets what was not taken.
  func close() {
    state.withLock { state in
      state.taker = nil
      state.items = []
      state.byteCount = 0
    }
    room.signal()
  }

  /// The pictures that wait.
  var count: Int { state.withLock { $0.items.count } }

  /// Takes the pictures that came first.
  func take(upTo count: Int) -> [Item] {
    let items = state.withLock { state in
      let taken = Array(state.items.prefix(count))
      state.items.removeFirst(taken.count)
      state.byteCount -= taken.reduce(0) { $0 + $1.pixels.byteCount }
      return taken
    }
    if !items.isEmpty { room.signal() }
    return items
  }

  /// Sleeps until a picture may have come.
  ///
  /// - Returns: Whether more is to be expected: `false` once no import of the domain is on its way.
  func waitForMore(_ domain: Domain) -> Bool {
    let isExpected = state.withLock { state in
      !state.items.isEmpty || state.importCounts[domain, default: 0] > 0
    }
    if isExpected { _ = arrived.wait(timeout: .now() + Self.patience) }
    return isExpected
  }
}

/// Tells the embedding job that pictures are on their way: it waits for them until `end`, or until
/// this object is gone.
public final class ImportAnnouncement: Sendable {
  private let shelf: PixelShelf
  private let domain: Domain
  private let isOpen = Mutex(true)

  init(_ shelf: PixelShelf, _ domain: Domain) {
    self.shelf = shelf
    self.domain = domain
    shelf.importBegins(domain)
  }

  deinit { end() }

  /// Whether all pictures have come.
  public var isOver: Bool { isOpen.withLock { !$0 } }

  /// Tells that all pictures have come.
  public func end() {
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if wasOpen { shelf.importEnds(domain) }
  }
}
