public import TerminalGrid

/// Rendered pictures by what they show and how, the least recently used dropped first.
///
/// - `Content` names a picture, such as the hash of its file.
public struct ThumbnailCache<Content: Hashable & Sendable>: Sendable {
  /// What a rendering depends on.
  public struct Key: Hashable, Sendable {
    public let content: Content
    public let limit: Size
    public let renderer: ThumbnailRenderer

    public init(content: Content, limit: Size, renderer: ThumbnailRenderer) {
      self.content = content
      self.limit = limit
      self.renderer = renderer
    }
  }

  private struct Entry {
    let grid: Grid
    var lastUse: UInt64
  }

  /// Cells that may be kept; a cell takes about 32 bytes.
  public let cellLimit: Int
  /// Cells that are kept now.
  public private(set) var cellCount = 0
  private var entries: [Key: Entry] = [:]
  private var clock: UInt64 = 0

  public init(cellLimit: Int) { self.cellLimit = cellLimit }

  /// Returns a rendering and makes it the most recently used.
  public mutating func grid(for key: Key) -> Grid? {
    guard let index = entries.index(forKey: key) else { return nil }
    clock += 1
    entries.values[index].lastUse = clock
    return entries.values[index].grid
  }

  /// Keeps a rendering, unless it alone is above the limit.
  ///
  /// Goes through all entries when something must be dropped, and then makes room for a quarter, so
  /// that this is rare.
  public mutating func insert(_ grid: Grid, for key: Key) {
    let size = Self.cells(of: grid)
    if let old = entries.removeValue(forKey: key) { cellCount -= Self.cells(of: old.grid) }
    guard size <= cellLimit else { return }
    if cellCount + size > cellLimit { makeRoom(for: max(size, cellLimit / 4)) }
    clock += 1
    entries[key] = Entry(grid: grid, lastUse: clock)
    cellCount += size
  }

  private mutating func makeRoom(for room: Int) {
    for (key, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
      if cellCount + room <= cellLimit { return }
      entries[key] = nil
      cellCount -= Self.cells(of: entry.grid)
    }
  }

  private static func cells(of grid: Grid) -> Int { max(1, grid.width * grid.height) }
}
