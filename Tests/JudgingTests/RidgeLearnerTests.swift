import Evaluation
import Foundation
import Matrices
import Testing

@testable import Judging

/// The live head against one that is fitted from the beginning, in double precision, for each
/// question.
@Suite struct RidgeLearnerTests {
  private struct Scene {
    let embeddings: Matrix
    let groups: [Int]
    var classCount: Int
    var targets: [[Int]?]
    var generator: Generator

    init(seed: Int, rowCount: Int, dimension: Int, classCount: Int = 3) {
      var generator = Generator(state: UInt64(seed) &* 977 &+ 13)
      var groups: [Int] = []
      for row in 0..<rowCount {
        groups.append(row > 0 && generator.below(3) == 0 ? groups[generator.below(row)] : row)
      }
      var elements: [Float] = []
      for row in 0..<rowCount {
        for column in 0..<dimension {
          // Near-duplicates are near: leaving only one out would be seen at once.
          let noise = Float(generator.below(2_000)) / 1_000 - 1
          let base = groups[row] < row ? elements[groups[row] * dimension + column] : 0
          elements.append(groups[row] < row ? base + 0.05 * noise : noise + 0.5)
        }
      }
      embeddings = Matrix(rowCount: rowCount, columnCount: dimension, elements: elements)
      self.groups = groups
      self.classCount = classCount
      targets = [[Int]?](repeating: nil, count: rowCount)
      self.generator = generator
    }

    mutating func placeClasses(_ places: [Int], of count: Int) {
      classCount = count
      targets = targets.map { $0?.map { places[$0] } }
    }

    mutating func randomChanges(_ count: Int) -> [TargetChange] {
      (0..<count).map { _ in
        let row = generator.below(targets.count)
        let kind = generator.below(5)
        let first = generator.below(classCount)
        let several = kind == 2 ? [first, (first + 1) % classCount] : [first]
        let classes: [Int]? = kind == 0 ? nil : kind == 1 ? [] : several
        targets[row] = classes
        return TargetChange(row: row, classes: classes)
      }
    }

    func learner() -> RidgeLearner {
      RidgeLearner(embeddings: embeddings, groups: groups, classCount: classCount)
    }
  }

  private func distance(_ left: Matrix, _ right: [[Double]]) -> Double {
    var distance = 0.0
    for (row, line) in right.enumerated() {
      for (column, number) in line.enumerated() {
        distance = max(distance, abs(Double(left[row, column]) - number))
      }
    }
    return distance
  }

  @Test(arguments: 0..<24)
  func changesGiveWhatFittingAnewGives(seed: Int) {
    // Fewer rows than numbers in a row, and more.
    var scene = Scene(seed: seed, rowCount: 40, dimension: seed % 2 == 0 ? 60 : 12)
    var learner = scene.learner()
    for step in 0..<12 {
      learner.apply(scene.randomChanges(step % 3 == 0 ? 5 : 1))
      let brute = BruteRidge(scene.embeddings, scene.classCount)
      let expected = brute.scores(scene.targets)
      #expect(distance(learner.scores, expected) < 2e-4, "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: 0..<12)
  func leavingOutGivesWhatFittingWithoutTheGroupGives(seed: Int) {
    var scene = Scene(seed: seed, rowCount: 26, dimension: seed % 2 == 0 ? 40 : 9)
    var learner = scene.learner()
    learner.apply(scene.randomChanges(30))
    for _ in 0..<4 { learner.apply(scene.randomChanges(2)) }
    let brute = BruteRidge(scene.embeddings, scene.classCount)
    let expected = scene.targets.indices.map { row -> [Double] in
      var others = scene.targets
      if scene.targets[row] != nil {
        for other in others.indices where scene.groups[other] == scene.groups[row] {
          others[other] = nil
        }
      }
      return brute.scores(others)[row]
    }
    #expect(distance(learner.scoresLeavingOutGroups(), expected) < 5e-4, "seed \(seed)")
  }

  @Test(arguments: 0..<12)
  func leavingOneOutGivesWhatFittingWithoutItGives(seed: Int) {
    var scene = Scene(seed: seed, rowCount: 26, dimension: seed % 2 == 0 ? 40 : 9)
    var learner = scene.learner()
    learner.apply(scene.randomChanges(30))
    let brute = BruteRidge(scene.embeddings, scene.classCount)
    let expected = scene.targets.indices.map { row -> [Double] in
      var others = scene.targets
      others[row] = nil
      return brute.scores(others)[row]
    }
    #expect(distance(learner.scoresLeavingOutRows(), expected) < 5e-4, "seed \(seed)")
  }

  /// Ten pictures of the first class, and ten of the second; then a burst of eight of the second
  /// class that look somewhat like the first.
  private func burst(given classes: [Int]) -> [Double?] {
    var rows: [Float] = []
    for number in 0..<20 {
      let noise = { (place: Int) in Float((number * 37 + place * 11) % 17) / 80 }
      rows +=
        number < 10 ? [1 + noise(0), noise(1), noise(2)] : [noise(3), 1 + noise(4), noise(5)]
    }
    for number in 0..<8 { rows += [0.72 + Float(number) / 500, 0.28, 1] }
    var learner = RidgeLearner(
      embeddings: Matrix(rowCount: 28, columnCount: 3, elements: rows),
      groups: Array(0..<20) + [Int](repeating: 20, count: 8), classCount: 2, relativePenalty: 0.2)
    learner.apply(
      (0..<28).map {
        TargetChange(row: $0, classes: [$0 < 20 ? $0 / 10 : classes[$0 - 20]])
      })
    return Array(learner.reading(isMulticlass: true).labelQuality[20...])
  }

  @Test func nearDuplicatesAreWitnesses() throws {
    let right = burst(given: [1, 1, 1, 1, 1, 1, 1, 1]).compactMap { $0 }
    #expect(right.allSatisfy { $0 > 0.5 }, "what seven others bear is not suspicious: \(right)")
    let odd = burst(given: [0, 1, 1, 1, 1, 1, 1, 1]).compactMap { $0 }
    #expect(odd[0] < 0.5, "what seven others do not bear is: \(odd)")
    #expect(odd[1...].allSatisfy { $0 > odd[0] })
  }

  @Test(arguments: 0..<6)
  func classesThatComeGiveWhatFittingAnewGives(seed: Int) {
    var scene = Scene(seed: seed, rowCount: 30, dimension: seed % 2 == 0 ? 50 : 9)
    var learner = scene.learner()
    learner.apply(scene.randomChanges(25))
    learner.placeClasses([2, 0, 3], of: 5)
    scene.placeClasses([2, 0, 3], of: 5)
    for step in 0..<3 {
      let expected = BruteRidge(scene.embeddings, 5).scores(scene.targets)
      #expect(distance(learner.scores, expected) < 2e-4, "seed \(seed), step \(step)")
      learner.apply(scene.randomChanges(4))
    }
  }

  @Test func thousandsOfChangesDoNotDrift() {
    var scene = Scene(seed: 5, rowCount: 60, dimension: 30)
    var learner = scene.learner()
    for _ in 0..<3_000 { learner.apply(scene.randomChanges(1)) }
    let expected = BruteRidge(scene.embeddings, scene.classCount).scores(scene.targets)
    #expect(distance(learner.scores, expected) < 1e-3)
  }

  @Test func tellsNothingBeforeAnythingIsLearned() {
    let learner = Scene(seed: 1, rowCount: 7, dimension: 4).learner()
    #expect(learner.scores.elements.allSatisfy { $0 == 0 })
    let reading = learner.reading(isMulticlass: true)
    #expect(reading.accuracy == nil)
    #expect(reading.labelQuality.allSatisfy { $0 == nil })
    #expect(reading.probabilities.elements.allSatisfy { abs($0 - 1 / 3) < 1e-6 })
  }

  @Test func picturesThatAreAllTheSameHarmNothing() {
    var learner = RidgeLearner(
      embeddings: Matrix(rowCount: 5, columnCount: 3, elements: [Float](repeating: 2, count: 15)),
      groups: Array(0..<5), classCount: 2)
    learner.apply((0..<4).map { TargetChange(row: $0, classes: [$0 % 2]) })
    #expect(learner.scoresLeavingOutGroups().elements.allSatisfy { $0.isFinite })
    let none = RidgeLearner(
      embeddings: Matrix(rowCount: 0, columnCount: 3), groups: [], classCount: 2)
    #expect(none.reading(isMulticlass: false).accuracy == nil)
  }

  @Test func groupsThatAreTooLargeAreCut() {
    let groups = RowGroups([7, 7, 2, 7, 7, 7], largest: 2)
    #expect(groups.members == [[0, 1], [2], [3, 4], [5]])
    #expect(groups.groupIndex == [0, 0, 1, 2, 2, 3])
    #expect(groups.place == [0, 1, 0, 0, 1, 0])
  }
}

/// The same problem solved by elimination, in double precision.
private struct BruteRidge {
  let rows: [[Double]]
  let penalty: Double
  let classCount: Int

  init(_ embeddings: Matrix, _ classCount: Int) {
    self.classCount = classCount
    let count = Double(embeddings.rowCount)
    let plain = (0..<embeddings.rowCount).map { embeddings.row($0).map(Double.init) }
    let mean = (0..<embeddings.columnCount).map { column in
      plain.reduce(0) { $0 + $1[column] } / count
    }
    let centred = plain.map { zip($0, mean).map { $0 - $1 } }
    let square = centred.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / count
    rows = centred.map { $0 + [(10 * square).squareRoot()] }
    penalty = RidgeLearner.standardPenalty * square
  }

  func scores(_ targets: [[Int]?]) -> [[Double]] {
    let size = rows[0].count
    var system = (0..<size).map { row in
      (0..<size).map { $0 == row ? penalty : 0 } + [Double](repeating: 0, count: classCount)
    }
    for (row, classes) in zip(rows, targets) {
      guard let classes else { continue }
      for first in 0..<size {
        for second in 0..<size { system[first][second] += row[first] * row[second] }
        for classIndex in classes { system[first][size + classIndex] += row[first] }
      }
    }
    for pivot in 0..<size {
      for other in 0..<size where other != pivot {
        let factor = system[other][pivot] / system[pivot][pivot]
        for column in pivot..<size + classCount {
          system[other][column] -= factor * system[pivot][column]
        }
      }
    }
    return rows.map { row in
      (0..<classCount).map { classIndex in
        (0..<size).reduce(0) {
          $0 + row[$1] * system[$1][size + classIndex] / system[$1][$1]
        }
      }
    }
  }
}

/// Numbers that depend on the seed alone.
struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
  }

  mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }

  /// In −1...1.
  mutating func number() -> Double { Double(next() >> 11) / Double(1 << 52) - 1 }
}
