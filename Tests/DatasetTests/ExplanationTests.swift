import Dataset
import Testing

@Suite struct ExplanationTests {
  private func region(_ rows: [[Float]]) -> Explanation.Region? {
    Explanation(
      tag: Tag(id: TagID(GUID(high: 1, low: 2)), name: "daisy"), probability: 0.5,
      rowCount: rows.count,
      columnCount: rows[0].count, values: rows.flatMap { $0 }
    ).region
  }

  @Test func regionIsWhereMostSpeaksForTheTag() {
    #expect(region([[9, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]) == .upperLeft)
    #expect(region([[0, 0, 0, 0], [0, 9, 9, 0], [0, 9, 9, 0], [1, 0, 0, 0]]) == .middle)
    #expect(region([[0, 0, 0, 3], [0, 0, 0, 3], [0, 0, 0, 3], [0, 0, 0, 3]]) == .right)
    #expect(region([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [3, 3, 3, 3]]) == .lower)
    #expect(region([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]]) == .everywhere)
  }

  @Test func whatSpeaksAgainstItDoesNotCount() {
    #expect(region([[-9, 1], [-9, -9]]) == .upperRight)
    #expect(region([[-1, 0], [0, -1]]) == nil)
  }
}
