import Evaluation
public import Matrices

/// Which labels are probably errors, by confident learning: a row is counted as another class when
/// its probability of that class reaches what rows of the class have on average.
///
/// The thresholds make up for a head that is more certain of some classes than of others. The
/// answers are those of cleanlab's `find_label_issues` with `filter_by="confident_learning"`.
///
/// Northcutt, Jiang & Chuang, "Confident learning: estimating uncertainty in dataset labels", 2021.
public struct ConfidentLearning: Equatable, Sendable {
  /// The mean probability of each class over the rows that were given it; `nil` without such rows.
  public let thresholds: [Double?]
  /// How many rows of a given class (rows) are confidently of another (columns); rows that are
  /// confidently of none are not counted.
  public let counts: [[Int]]
  /// The class that each row probably is of instead; `nil` where nothing speaks against what was
  /// given.
  public let probableClasses: [Int?]

  /// Takes out-of-fold probabilities of rows that bear one class each.
  public init(classes: [Int], probabilities: Matrix) {
    precondition(
      classes.count == probabilities.rowCount,
      "\(classes.count) classes, \(probabilities.rowCount) predictions")
    let classCount = probabilities.columnCount
    var sums = [Double](repeating: 0, count: classCount)
    var sizes = [Int](repeating: 0, count: classCount)
    for (row, given) in classes.enumerated() {
      sums[given] += Double(probabilities[row, given])
      sizes[given] += 1
    }
    let thresholds = (0..<classCount).map { index in
      // A class of which nothing is ever probable would otherwise be reached by everything.
      sizes[index] > 0 ? max(sums[index] / Double(sizes[index]), 2e-6) : nil
    }
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: classCount), count: classCount)
    var probableClasses = [Int?](repeating: nil, count: classes.count)
    // What nobody was given is never reached.
    let reach = thresholds.map { $0.map { Float($0 - 1e-6) } ?? .infinity }
    probabilities.elements.withUnsafeBufferPointer { elements in
      reach.withUnsafeBufferPointer { reach in
        for (row, given) in classes.enumerated() {
          let start = row * classCount
          var (top, first, reachedCount) = (0, 0, 0)
          for index in 0..<classCount {
            let probability = elements[start + index]
            if probability > elements[start + top] { top = index }
            if probability >= reach[index] {
              if reachedCount == 0 { first = index }
              reachedCount += 1
            }
          }
          if reachedCount == 0 { continue }
          let found = reachedCount > 1 ? top : first
          counts[given][found] += 1
          if found != given && top != given { probableClasses[row] = found }
        }
      }
    }
    self.thresholds = thresholds
    self.counts = counts
    self.probableClasses = probableClasses
  }

  /// Says of each row and class of a multilabel project whether what was said of it is probably
  /// wrong, judging each class and its absence by themselves.
  public static func doubtfulLabels(classes: [[Int]], probabilities: Matrix) -> [[Bool]] {
    var doubtful = [[Bool]](
      repeating: [Bool](repeating: false, count: probabilities.columnCount), count: classes.count)
    for classIndex in 0..<probabilities.columnCount {
      var pairs = Matrix(rowCount: classes.count, columnCount: 2)
      for row in 0..<classes.count {
        pairs[row, 0] = 1 - probabilities[row, classIndex]
        pairs[row, 1] = probabilities[row, classIndex]
      }
      let found = ConfidentLearning(
        classes: classes.map { $0.contains(classIndex) ? 1 : 0 }, probabilities: pairs)
      for row in 0..<classes.count { doubtful[row][classIndex] = found.probableClasses[row] != nil }
    }
    return doubtful
  }
}
