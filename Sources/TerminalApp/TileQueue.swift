import Dataset
import TerminalGrid
import Thumbnails

/// Which pictures of a contact sheet are to be made next.
///
/// It holds what the last frame lacked and nothing else, so that pictures that have left the screen
/// are never made, and the newest frame's are made first.
struct TileQueue {
  typealias Key = ThumbnailCache<ContentHash>.Key

  /// How many are on their way at once, made or waiting for a thread: some wait, so that no thread does
  /// while the screen is drawn.
  let limit: Int
  private var waiting: ArraySlice<Key> = []
  private var running: Set<Key> = []
  /// What could not be made is not tried again on every frame.
  private var failed: Set<Key> = []

  init(limit: Int = 8) { self.limit = limit }

  var isBusy: Bool { !waiting.isEmpty || !running.isEmpty }

  /// Takes in what the newest frame lacked, the most wanted first.
  mutating func want(_ keys: [Key]) {
    waiting = keys.filter { !running.contains($0) && !failed.contains($0) }[...]
  }

  /// The picture to be begun now; `nil` when enough are under way, or nothing waits.
  mutating func next() -> Key? {
    guard running.count < limit, let key = waiting.popFirst() else { return nil }
    running.insert(key)
    return key
  }

  mutating func finish(_ key: Key, isFailed: Bool) {
    running.remove(key)
    if isFailed { failed.insert(key) }
  }
}
