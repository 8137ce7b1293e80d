import Matrices
import Testing

@testable import Learning

@Suite struct FoldScattersTests {
  @Test(arguments: [0, 1 << 20])
  func scattersLeaveOutTheirFold(mostKept: Int) {
    let rows = clusters(count: 23, dimension: 6, classCount: 2, seed: 3).embeddings
    let ranges = [0..<5, 5..<12, 12..<20]
    let scatters = FoldScatters(of: rows, ranges: ranges, mostKept: mostKept)
    for fold in [0, 1, 2, nil] {
      let left = (0..<23).filter { row in fold.map { !ranges[$0].contains(row) } ?? true }
      var expected = Matrix(rowCount: 6, columnCount: 6)
      for row in left { expected.addScatter(of: rows, rows: row..<row + 1) }
      let found = scatters.without(fold: fold)
      #expect(largestDistance(found.elements, expected.elements) < 1e-4)
    }
  }
}
