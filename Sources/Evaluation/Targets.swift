/// What people said about each row of a matrix of predictions; classes are columns, in `0..<K`.
public enum Targets: Equatable, Sendable {
  /// The one class of each row.
  case multiclass([Int])
  /// The classes of each row, none twice; an empty list says "none of them".
  case multilabel([[Int]])

  /// Takes the classes of each row; of multiclass rows, which have one, the first.
  public init(_ given: [[Int]], isMulticlass: Bool) {
    self = isMulticlass ? .multiclass(given.map { $0[0] }) : .multilabel(given)
  }

  /// How many rows there are.
  public var count: Int {
    switch self {
    case .multiclass(let classes): classes.count
    case .multilabel(let classes): classes.count
    }
  }

  /// The classes of one row.
  public func classes(ofRow row: Int) -> [Int] {
    switch self {
    case .multiclass(let classes): [classes[row]]
    case .multilabel(let classes): classes[row]
    }
  }

  /// The given rows alone, in the given order.
  public func selecting(_ rows: [Int]) -> Targets {
    switch self {
    case .multiclass(let classes): .multiclass(rows.map { classes[$0] })
    case .multilabel(let classes): .multilabel(rows.map { classes[$0] })
    }
  }
}
