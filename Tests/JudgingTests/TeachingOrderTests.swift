import Foundation
import Matrices
import Testing

@testable import Judging

/// The order of untagged pictures against the same choice made plainly, step by step.
@Suite struct TeachingOrderTests {
  private struct Scene {
    let embeddings: Matrix
    var learner: RidgeLearner

    init(seed: Int, rowCount: Int, learnedCount: Int, classCount: Int = 3) {
      var generator = Generator(state: UInt64(seed) &* 31 &+ 7)
      embeddings = Matrix(
        rowCount: rowCount, columnCount: 6,
        elements: (0..<rowCount * 6).map { _ in Float(generator.number()) })
      learner = RidgeLearner(
        embeddings: embeddings, groups: Array(0..<rowCount), classCount: classCount)
      learner.apply(
        (0..<learnedCount).map { TargetChange(row: 2 * $0, classes: [$0 % classCount]) })
    }

    /// Cosines of embeddings less their mean, in double precision.
    func cosines() -> [[Double]] {
      let plain = (0..<embeddings.rowCount).map { embeddings.row($0).map(Double.init) }
      let mean = (0..<6).map { column in
        plain.reduce(0) { $0 + $1[column] } / Double(plain.count)
      }
      let centred = plain.map { zip($0, mean).map { $0 - $1 } }
      func product(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
      }
      return centred.map { left in
        centred.map { right in
          product(left, right) / (product(left, left) * product(right, right)).squareRoot()
        }
      }
    }
  }

  @Test(arguments: 0..<20)
  func eachPictureIsTheBestThatIsLeft(seed: Int) {
    let scene = Scene(seed: seed, rowCount: 40, learnedCount: seed % 12)
    let reading = scene.learner.reading(isMulticlass: seed % 2 == 0)
    // All at once, or a few pictures at a time.
    let limit = seed % 3 == 0 ? 16_000_000 : 40 * seed
    let steps = scene.learner.teachingOrder(reading, count: 15, similarityLimit: limit)
    #expect(steps.count == 15)
    let cosines = scene.cosines()
    let doubts = reading.doubts()
    var seen = (0..<40).filter { scene.learner.classes(ofRow: $0) != nil }
    let open = (0..<40).filter { scene.learner.classes(ofRow: $0) == nil }
    let density = cosines.map { $0.reduce(0) { $0 + max(0, $1) } }
    let densest = open.map { density[$0] }.max() ?? 1
    for step in steps {
      func worth(_ row: Int) -> Double {
        let nearest = seen.map { cosines[row][$0] }.max() ?? 0
        return doubts[row] * (1 - max(0, nearest)) * (density[row] / densest).squareRoot()
      }
      let best = open.filter { !seen.contains($0) }.map(worth).max() ?? 0
      #expect(!seen.contains(step.row))
      #expect(abs(worth(step.row) - best) < 1e-4 && abs(step.score - best) < 1e-4)
      seen.append(step.row)
    }
    #expect(steps.map(\.score) == steps.map(\.score).sorted(by: >))
  }

  @Test func thereAreNoMoreThanUntaggedPictures() {
    let scene = Scene(seed: 1, rowCount: 10, learnedCount: 4)
    let reading = scene.learner.reading(isMulticlass: true)
    #expect(Set(scene.learner.teachingOrder(reading, count: 99).map(\.row)).count == 6)
    #expect(scene.learner.teachingOrder(reading, count: 0).isEmpty)
  }

  @Test func similaritiesAreCosines() {
    let scene = Scene(seed: 3, rowCount: 12, learnedCount: 0)
    let cosines = scene.cosines()
    for row in 0..<12 {
      let found = scene.learner.similarities(toRow: row)
      #expect(zip(found, cosines[row]).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    }
  }
}
