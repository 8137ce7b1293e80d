public import Evaluation
public import Matrices

/// What a head is trained on.
public struct TrainingExamples: Sendable {
  /// One embedding a row.
  public let embeddings: Matrix
  /// The classes of each row, in `0..<classCount`.
  public let targets: Targets
  public let classCount: Int
  /// The group of each row, any numbers; near-duplicates share one, and a group is never torn.
  public let groups: [Int]

  /// Takes rows, their classes and their groups; traps when counts disagree or a class is out of
  /// range.
  public init(embeddings: Matrix, targets: Targets, classCount: Int, groups: [Int]) {
    precondition(
      targets.count == embeddings.rowCount && groups.count == embeddings.rowCount,
      "\(embeddings.rowCount) embeddings, \(targets.count) targets, \(groups.count) groups")
    for row in 0..<targets.count {
      for classIndex in targets.classes(ofRow: row) {
        precondition(
          (0..<classCount).contains(classIndex),
          "row \(row) has class \(classIndex) of \(classCount)")
      }
    }
    self.embeddings = embeddings
    self.targets = targets
    self.classCount = classCount
    self.groups = groups
  }
}
