public import Matrices

/// What a training made: turns embeddings into probabilities.
///
/// What it holds is a matter of its kind; only code that has to know the kind (to write a model
/// file) looks inside.
public struct TrainedHead: Equatable, Sendable {
  /// The kinds of heads.
  public enum Kind: Equatable, Sendable {
    case linear(LinearHead)
  }

  public let kind: Kind

  public init(_ kind: Kind) { self.kind = kind }

  /// How many numbers an embedding has.
  public var dimension: Int {
    switch kind {
    case .linear(let head): head.dimension
    }
  }

  public var classCount: Int {
    switch kind {
    case .linear(let head): head.classCount
    }
  }

  /// Returns the calibrated probability of every class (columns) for every embedding (rows).
  ///
  /// Rows add up to 1 for a multiclass head. Traps unless embeddings have `dimension` columns.
  public func probabilities(for embeddings: Matrix) -> Matrix {
    switch kind {
    case .linear(let head): head.probabilities(for: embeddings)
    }
  }
}
