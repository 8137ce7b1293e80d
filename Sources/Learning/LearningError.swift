/// What learning refuses, and what is wrong with the bytes of a stored head.
public enum LearningError: Error, Equatable, Sendable {
  /// A class has fewer groups than there are folds.
  case classTooSmall(classIndex: Int, groupCount: Int, foldCount: Int)
  /// A class has no row.
  case classEmpty(classIndex: Int)
  /// There is nothing to tell apart: no class, or no more than one in a multiclass training.
  case tooFewClasses(classCount: Int)
  /// An embedding holds a number that is infinite or not a number.
  case embeddingNotFinite(row: Int)
  /// The bytes do not begin as a head's do.
  case notAHead
  /// The head is of a kind, or of a version of its kind, that this program does not know.
  case headUnknown(kind: UInt8, version: UInt8)
  /// The sizes that the bytes announce disagree with how many there are.
  case headSizeWrong(expected: Int, found: Int)
  /// A number of the head is out of its range.
  case headValueInvalid(byteOffset: Int)
}
