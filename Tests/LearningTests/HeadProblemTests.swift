import Evaluation
import Matrices
import Testing

@testable import Learning

@Suite struct HeadProblemTests {
  private func problem(_ targets: Targets, dimension: Int, seed: UInt64) -> HeadProblem {
    let count = targets.count
    let rows = clusters(count: count, dimension: dimension, classCount: 3, seed: seed).embeddings
      .selectingRows(0..<count, addingColumns: 1, filler: 1)
    let isLearned = (0..<count).map { $0 % 5 != 0 }
    var head = HeadProblem(targets: targets, classCount: 3, isLearned: isLearned)
    var scatter = Matrix(rowCount: dimension + 1, columnCount: dimension + 1)
    for row in 0..<count where isLearned[row] {
      scatter.addScatter(of: rows, rows: row..<row + 1)
    }
    head.whiten(
      scatter: scatter,
      groupSums: head.classBasis.multiplied(by: rows, transposingSelf: true), rank: dimension)
    return head
  }

  private static let targets: [Targets] = [
    .multiclass((0..<30).map { $0 * $0 % 7 % 3 }),
    .multilabel((0..<30).map { row in (0..<3).filter { (row + 1) * ($0 + 2) % 5 < 2 } }),
  ]

  @Test(arguments: 0..<20)
  func slopesAreFiniteDifferences(seed: UInt64) {
    for targets in Self.targets {
      let head = problem(targets, dimension: 4, seed: seed)
      var generator = SplitMix64(seed: seed + 1000)
      var scores = Matrix(rowCount: 30, columnCount: 3)
      for index in scores.elements.indices {
        scores.elements[index] = Float(generator.next() >> 40) / Float(1 << 22) - 2
      }
      let parts = Array(head.parts.indices)
      func value(_ scores: Matrix) -> Double {
        head.loss(ofScores: scores, activeParts: parts, inversePenalty: 2).values.reduce(0, +)
      }
      let slopes = head.loss(ofScores: scores, activeParts: parts, inversePenalty: 2).slopes
      let reach: Float = 1.0 / 64
      for index in stride(from: 0, to: scores.elements.count, by: 7) {
        var (above, below) = (scores, scores)
        above.elements[index] += reach
        below.elements[index] -= reach
        let difference = Float(value(above) - value(below)) / (2 * reach)
        #expect(abs(slopes.elements[index] - difference) < 2e-3 * (1 + abs(difference)))
      }
    }
  }

  @Test func rowsThatAreHeldOutHaveNoSay() {
    for targets in Self.targets {
      let head = problem(targets, dimension: 4, seed: 3)
      var scores = Matrix(rowCount: 30, columnCount: 3)
      for index in scores.elements.indices { scores.elements[index] = Float(index % 11) / 4 }
      let parts = Array(head.parts.indices)
      let before = head.loss(ofScores: scores, activeParts: parts, inversePenalty: 2)
      for row in 0..<30 where !head.isLearned[row] {
        for column in 0..<3 {
          #expect(before.slopes[row, column] == 0)
          scores[row, column] += 100
        }
      }
      let after = head.loss(ofScores: scores, activeParts: parts, inversePenalty: 2)
      #expect(before.values == after.values)
    }
  }

  @Test func classBasisIsOrthonormalAndHoldsEveryTag() {
    let head = problem(Self.targets[1], dimension: 4, seed: 1)
    let products = head.classBasis.multiplied(by: head.classBasis, transposingSelf: true)
    #expect(largestDistance(products.elements, Matrix.identity(products.rowCount).elements) < 1e-6)
    var indicators = Matrix(rowCount: 30, columnCount: 3)
    for row in 0..<30 where head.isLearned[row] {
      for classIndex in Self.targets[1].classes(ofRow: row) { indicators[row, classIndex] = 1 }
    }
    let shares = head.classBasis.multiplied(by: indicators, transposingSelf: true)
    let rebuilt = head.classBasis.multiplied(by: shares)
    #expect(largestDistance(rebuilt.elements, indicators.elements) < 1e-5)
  }
}
