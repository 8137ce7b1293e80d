import Glibc
import Matrices

extension TrainedHead {
  /// How the log-odds of a class, ln p − ln (1 − p), grow with each number of an embedding: a vector of
  /// `dimension` numbers.
  ///
  /// Where probabilities add up to 1, that is what tells the class from the others, these weighted by
  /// how probable each is among themselves; so it does not fade when the class is certain.
  ///
  /// - Parameter embedding: `dimension` numbers.
  public func logOddsGradient(ofClass classIndex: Int, at embedding: [Float]) -> [Float] {
    switch kind {
    case .linear(let head): head.logOddsGradient(ofClass: classIndex, at: embedding)
    }
  }
}

extension LinearHead {
  fileprivate func logOddsGradient(ofClass classIndex: Int, at embedding: [Float]) -> [Float] {
    precondition(
      embedding.count == dimension && (0..<classCount).contains(classIndex),
      "\(embedding.count) numbers for \(dimension), class \(classIndex) of \(classCount)")
    var factors = [Float](repeating: 0, count: classCount)
    factors[classIndex] = 1
    if activation == .softmax {
      let row = Matrix(rowCount: 1, columnCount: dimension, elements: embedding)
      let products = row.multiplied(by: weights, transposingOther: true)
      let scores = (0..<classCount).map {
        calibration.scales[$0] * (products[0, $0] + bias[$0]) + calibration.offsets[$0]
      }
      let others = scores.indices.filter { $0 != classIndex }
      let highest = others.map { scores[$0] }.max() ?? 0
      let sum = others.reduce(0) { $0 + exp(scores[$1] - highest) }
      for other in others { factors[other] = -exp(scores[other] - highest) / sum }
    }
    var gradient = [Float](repeating: 0, count: dimension)
    for (row, factor) in factors.enumerated() where factor != 0 {
      let factor = factor * calibration.scales[row]
      for (column, weight) in weights.row(row).enumerated() { gradient[column] += factor * weight }
    }
    return gradient
  }
}
