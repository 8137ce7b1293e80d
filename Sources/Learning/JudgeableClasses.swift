public import Evaluation

/// Says of which classes the figures can be had, given the fold whose head judged each row.
///
/// A multiclass class needs a row that was judged. A multilabel one needs, whatever fold is held
/// out, rows to learn from with and without it; a head that lacked either would say nothing about
/// the class.
///
/// - Parameters:
///   - targets: Classes in `0..<classCount`.
///   - folds: One for each row, as `TrainingResult.folds`; `nil` for a row that was not judged.
/// - Returns: One answer for each class.
public func judgeableClasses(of targets: Targets, classCount: Int, folds: [Int?]) -> [Bool] {
  precondition(targets.count == folds.count, "\(targets.count) targets, \(folds.count) folds")
  let used = Set(folds.compactMap { $0 })
  guard !used.isEmpty else { return [Bool](repeating: false, count: classCount) }
  switch targets {
  case .multiclass(let classes):
    var isKnown = [Bool](repeating: false, count: classCount)
    for (row, fold) in folds.enumerated() where fold != nil { isKnown[classes[row]] = true }
    return isKnown
  case .multilabel(let classes):
    var rowCounts: [Int?: Int] = [:]
    for fold in folds { rowCounts[fold, default: 0] += 1 }
    var givenCounts = [[Int?: Int]](repeating: [:], count: classCount)
    for (row, fold) in folds.enumerated() {
      for classIndex in classes[row] { givenCounts[classIndex][fold, default: 0] += 1 }
    }
    return givenCounts.map { counts in
      let given = counts.values.reduce(0, +)
      return used.allSatisfy { fold in
        let learned = folds.count - rowCounts[fold, default: 0]
        let learnedWithIt = given - counts[fold, default: 0]
        return 0 < learnedWithIt && learnedWithIt < learned
      }
    }
  }
}
