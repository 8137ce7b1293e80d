/// Counts of images by given class (rows) and most probable class (columns).
public struct ConfusionMatrix: Equatable, Sendable {
  public let classCount: Int
  /// `classCount * classCount` counts, one row after another.
  public private(set) var counts: [Int]

  /// Makes a matrix of zeros.
  public init(classCount: Int) {
    self.classCount = classCount
    counts = [Int](repeating: 0, count: classCount * classCount)
  }

  /// How many images of one class were taken for another.
  public subscript(given given: Int, predicted predicted: Int) -> Int {
    counts[given * classCount + predicted]
  }

  /// The counts as one list for each given class.
  public var rows: [[Int]] {
    (0..<classCount).map { Array(counts[$0 * classCount..<($0 + 1) * classCount]) }
  }

  mutating func add(given: Int, predicted: Int) {
    counts[given * classCount + predicted] += 1
  }
}
