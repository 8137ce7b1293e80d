/// Splits rows into folds so that each fold gets its share of every class and no group is torn.
///
/// The answer depends only on the arguments: one seed gives the same folds on every computer.
///
/// - Parameters:
///   - classes: Class of each row, in `0..<K`.
///   - groups: Group of each row (near-duplicates share one); rows of a group share a fold.
///   - foldCount: 2 or more.
///   - seed: Chooses the shuffle; stored with the iteration.
/// - Returns: One fold per row, in `0..<foldCount`; shares of a class as even as the groups allow.
/// - Throws: `.classTooSmall` when a class has fewer groups than there are folds.
public func stratifiedFolds(
  of classes: [Int], groups: [Int], foldCount: Int, seed: UInt64
) throws(LearningError) -> [Int] {
  try stratifiedFolds(of: classes.map { [$0] }, groups: groups, foldCount: foldCount, seed: seed)
}

/// Splits rows that bear any number of classes; otherwise as the function for one class a row.
///
/// The method is iterative stratification (Sechidis, Tsoumakas & Vlahavas, "On the stratification
/// of multi-label data", 2011) over groups instead of rows. Rows without a class count as a class
/// of their own, which may be small.
///
/// - Throws: `.classTooSmall` when a class has fewer groups than there are folds.
public func stratifiedFolds(
  of classes: [[Int]], groups: [Int], foldCount: Int, seed: UInt64
) throws(LearningError) -> [Int] {
  var stratification = Stratification(
    of: classes, groups: groups, foldCount: foldCount, seed: seed)
  for classIndex in stratification.classIndices {
    let groupCount = stratification.groupCount(ofClass: classIndex)
    if 0 < groupCount && groupCount < foldCount {
      throw .classTooSmall(classIndex: classIndex, groupCount: groupCount, foldCount: foldCount)
    }
  }
  return stratification.folds()
}
