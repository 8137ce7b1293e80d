public import Evaluation
import Matrices

/// The pictures of a learner by which it is told what would help, as they were at one moment: apart
/// from the learner, so that it can go on learning meanwhile.
public struct AdviceSample: Sendable {
  /// Pictures that are fitted on at most: time grows with the cube of their number.
  static let mostRows = 1_200
  /// Halves come in pairs, so that every picture is once in and once out.
  private static let halvings = 3

  private let embeddings: Matrix
  private let groups: [Int]
  private let given: [[Int]]
  private let isConfirmed: [[Bool]]
  private let isMulticlass: Bool
  /// The pictures of each class, those that are not looked at among them.
  private let pictureCounts: [Int]

  /// Takes at most 1,200 of the pictures that are learned from, of every class its share.
  ///
  /// - Parameters:
  ///   - isMulticlass: Whether a picture bears one class.
  ///   - isConfirmed: For each picture and class whether a person has said that what was said is right.
  public init(
    of learner: RidgeLearner, isMulticlass: Bool,
    isConfirmed: (_ row: Int, _ classIndex: Int) -> Bool = { _, _ in false }
  ) {
    let rows = learner.rows
    let learned = learner.targets.indices.filter { learner.targets[$0] != nil }
    var chosen = learned
    if learned.count > Self.mostRows {
      let order = Self.shuffled(learned.map { learner.targets[$0] ?? [] }, seed: 0)
      let step = Double(learned.count) / Double(Self.mostRows)
      chosen = (0..<Self.mostRows).map { learned[order[Int(Double($0) * step)]] }.sorted()
    }
    let classes = 0..<learner.classCount
    embeddings = rows.selectingRows(chosen).selectingColumns(0..<rows.columnCount - 1)
    groups = chosen.map { learner.groups.groupIndex[$0] }
    given = chosen.map { learner.targets[$0] ?? [] }
    self.isConfirmed = chosen.map { row in classes.map { isConfirmed(row, $0) } }
    self.isMulticlass = isMulticlass
    pictureCounts = classes.map { classIndex in
      learner.targets.count { $0?.contains(classIndex) == true }
    }
  }

  /// Measures for each class whether more pictures or cleaner labels would help more.
  ///
  /// Heads are fitted on random halves of each class, on all pictures, and on all but those whose
  /// label is suspicious; always asked is how probable a class is for those of its pictures that bear
  /// it beyond suspicion, none seen by the head that judges it, nor its near-duplicates. The first two
  /// are a learning curve: what the last doubling brought is halved for the next, as errors fall where
  /// they are in inverse proportion to the number of pictures. The last two tell what suspicious labels
  /// cost: where they are wrong the others gain without them, and lose where they were right.
  ///
  /// Takes a moment to some seconds.
  ///
  /// - Returns: One for each class.
  public func advice() -> [ClassAdvice] {
    if given.isEmpty {
      return pictureCounts.map {
        ClassAdvice(
          pictureCount: $0, suspiciousCount: 0, morePictures: nil, cleanerTags: nil)
      }
    }
    var learner = RidgeLearner(
      embeddings: embeddings, groups: groups, classCount: pictureCounts.count)
    learner.teach(given)
    let all = learner.scoresLeavingOutGroups()
    let calibration = ScoreCalibration(
      scores: all, targets: Targets(given, isMulticlass: isMulticlass))
    let probabilities = calibration.probabilities(of: all)
    let suspicious = suspiciousClasses(probabilities)

    learner.teach(
      given.indices.map { row in
        if suspicious[row].isEmpty { return given[row] }
        return isMulticlass
          ? nil : Set(given[row]).symmetricDifference(suspicious[row]).sorted()
      })
    let cleaned = calibration.probabilities(of: learner.scoresLeavingOutGroups())
    var halved = Matrix(rowCount: given.count, columnCount: pictureCounts.count)
    for halving in 0..<Self.halvings {
      let isFirst = half(seed: UInt64(halving))
      for keepsFirst in [true, false] {
        learner.teach(given.indices.map { isFirst[$0] == keepsFirst ? given[$0] : nil })
        halved.add(
          calibration.probabilities(of: learner.scoresLeavingOutGroups()),
          scale: 1 / Float(2 * Self.halvings))
      }
    }
    return pictureCounts.indices.map { classIndex in
      let own = given.indices.filter { given[$0].contains(classIndex) }
      let trusted = own.filter { !suspicious[$0].contains(classIndex) }
      func gains(_ from: Matrix, _ to: Matrix) -> [Double] {
        trusted.map { Double(to[$0, classIndex]) - Double(from[$0, classIndex]) }
      }
      let pictureCount = pictureCounts[classIndex]
      // Where only a part of the class was looked at, the curve is flatter where it ends.
      let part = Double(own.count) / Double(max(pictureCount, 1))
      let suspiciousShare = Double(own.count - trusted.count) / Double(max(own.count, 1))
      return ClassAdvice(
        pictureCount: pictureCount,
        suspiciousCount: Int((suspiciousShare * Double(pictureCount)).rounded()),
        morePictures: ExpectedGain(gains(halved, probabilities), factor: part / 2),
        cleanerTags: ExpectedGain(gains(probabilities, cleaned), factor: 1))
    }
  }

  /// The classes of each row that it probably does not bear, or that it lacks.
  private func suspiciousClasses(_ probabilities: Matrix) -> [[Int]] {
    let classes: [[Int]]
    if isMulticlass {
      let learning = ConfidentLearning(
        classes: given.map { $0[0] }, probabilities: probabilities)
      classes = zip(given, learning.probableClasses).map { $1 == nil ? [] : $0 }
    } else {
      classes = ConfidentLearning.doubtfulLabels(classes: given, probabilities: probabilities)
        .map { doubts in doubts.indices.filter { doubts[$0] } }
    }
    return zip(classes, isConfirmed).map { classes, isConfirmed in
      classes.filter { !isConfirmed[$0] }
    }
  }

  /// Whether each row is in the first half: every other group of each kind, by lot.
  private func half(seed: UInt64) -> [Bool] {
    var isFirst = [Bool](repeating: false, count: given.count)
    var sides: [Int: Bool] = [:]
    var isNextFirst = seed.isMultiple(of: 2)
    for row in Self.shuffled(given, seed: seed) {
      if let side = sides[groups[row]] {
        isFirst[row] = side
      } else {
        sides[groups[row]] = isNextFirst
        isFirst[row] = isNextFirst
        isNextFirst.toggle()
      }
    }
    return isFirst
  }

  /// Positions, those of the same classes together, in an order by lot among these.
  private static func shuffled(_ given: [[Int]], seed: UInt64) -> [Int] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    let lots = given.map { _ -> UInt64 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 31
    }
    return given.indices.sorted { left, right in
      let (first, second) = (given[left], given[right])
      if first != second { return first.lexicographicallyPrecedes(second) }
      return lots[left] == lots[right] ? left < right : lots[left] < lots[right]
    }
  }
}

extension RidgeLearner {
  /// Gives every row these classes.
  fileprivate mutating func teach(_ given: [[Int]?]) {
    apply(given.enumerated().map { TargetChange(row: $0.offset, classes: $0.element) })
  }
}
