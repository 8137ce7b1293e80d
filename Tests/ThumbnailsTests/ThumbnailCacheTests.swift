import TerminalGrid
import Testing
import Thumbnails

@Suite struct ThumbnailCacheTests {
  private typealias Cache = ThumbnailCache<Int>

  private func key(_ content: Int, _ style: SymbolStyle = .blocks) -> Cache.Key {
    Cache.Key(
      content: content, limit: Size(width: 10, height: 10),
      renderer: ThumbnailRenderer(style: style, colorLevel: .full))
  }

  private let grid = Grid(width: 10, height: 10)

  @Test func theLeastRecentlyUsedIsDropped() {
    var cache = Cache(cellLimit: 400)
    for content in 0..<4 { cache.insert(grid, for: key(content)) }
    #expect(cache.grid(for: key(0)) != nil)
    cache.insert(grid, for: key(4))
    #expect(cache.grid(for: key(1)) == nil)
    #expect([0, 2, 3, 4].allSatisfy { cache.grid(for: key($0)) != nil })
  }

  @Test func styleIsPartOfTheKeyAndReplacingCountsOnce() {
    var cache = Cache(cellLimit: 1000)
    cache.insert(grid, for: key(1, .ascii))
    cache.insert(grid, for: key(1, .ascii))
    #expect(cache.grid(for: key(1, .braille)) == nil)
    #expect(cache.cellCount == 100)
  }

  @Test func whatIsTooLargeIsNotKeptAndDropsNothing() {
    var cache = Cache(cellLimit: 150)
    cache.insert(grid, for: key(1))
    cache.insert(Grid(width: 20, height: 20), for: key(2))
    #expect(cache.grid(for: key(2)) == nil)
    #expect(cache.grid(for: key(1)) != nil)
  }

  @Test func theLimitHoldsWhateverComes() {
    var cache = Cache(cellLimit: 1000)
    for content in 0..<500 {
      cache.insert(Grid(width: content % 37, height: content % 11), for: key(content))
      #expect(cache.cellCount <= 1000)
    }
  }
}
