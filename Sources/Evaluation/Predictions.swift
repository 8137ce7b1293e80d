public import Matrices

/// Probabilities of every class for every row, and which of them could not be had.
///
/// An out-of-fold prediction of a row needs another row of its class in another fold. Where there
/// is none, the prediction is marked as unknown, so that no figure is made from it.
public struct Predictions: Equatable, Sendable {
  /// A row for each image, a column for each class, elements in 0...1; zeros in unknown rows.
  public let probabilities: Matrix
  /// Whether a row has a prediction.
  public let isKnownRow: [Bool]
  /// Whether figures of a class can be made from its column; the others stay unknown.
  public let isKnownClass: [Bool]

  /// Takes predictions of which all are known.
  public init(_ probabilities: Matrix) {
    self.init(
      probabilities, isKnownRow: [Bool](repeating: true, count: probabilities.rowCount),
      isKnownClass: [Bool](repeating: true, count: probabilities.columnCount))
  }

  /// Takes predictions with a flag for each row and each class; traps when counts disagree.
  public init(_ probabilities: Matrix, isKnownRow: [Bool], isKnownClass: [Bool]) {
    precondition(
      isKnownRow.count == probabilities.rowCount && isKnownClass.count == probabilities.columnCount,
      """
      \(isKnownRow.count) row and \(isKnownClass.count) class flags for \
      \(probabilities.rowCount) × \(probabilities.columnCount) probabilities
      """)
    self.probabilities = probabilities
    self.isKnownRow = isKnownRow
    self.isKnownClass = isKnownClass
  }

  /// The rows that have a prediction, ascending.
  public var knownRows: [Int] { isKnownRow.indices.filter { isKnownRow[$0] } }
}
