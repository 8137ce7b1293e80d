import Foundation
import Matrices
import Testing

@testable import Learning

@Suite struct LogOddsGradientTests {
  private static func head(_ activation: Activation, seed: UInt64) -> TrainedHead {
    var generator = SplitMix64(seed: seed)
    func numbers(_ count: Int, _ range: ClosedRange<Float>) -> [Float] {
      (0..<count).map { _ in Float.random(in: range, using: &generator) }
    }
    return TrainedHead(
      .linear(
        LinearHead(
          weights: Matrix(rowCount: 3, columnCount: 4, elements: numbers(12, -1...1)),
          bias: numbers(3, -1...1), activation: activation,
          calibration: Calibration(scales: numbers(3, 0.5...2), offsets: numbers(3, -0.5...0.5)))))
  }

  @Test(arguments: [Activation.softmax, .sigmoid], 0..<20)
  func gradientIsTheSlopeOfTheLogOdds(activation: Activation, seed: UInt64) {
    let head = Self.head(activation, seed: seed)
    let embedding: [Float] = [0.3, -0.4, 0.1, 0.2]
    for classIndex in 0..<3 {
      func logOdds(_ embedding: [Float]) -> Double {
        let row = Matrix(rowCount: 1, columnCount: 4, elements: embedding)
        let probability = Double(head.probabilities(for: row)[0, classIndex])
        return log(probability) - log(1 - probability)
      }
      let gradient = head.logOddsGradient(ofClass: classIndex, at: embedding)
      for column in 0..<4 {
        var (forward, back) = (embedding, embedding)
        forward[column] += 0.05
        back[column] -= 0.05
        let slope = (logOdds(forward) - logOdds(back)) / 0.1
        #expect(abs(slope - Double(gradient[column])) < 5e-3, "class \(classIndex), \(column)")
      }
    }
  }

  @Test func gradientDoesNotFadeWhereTheClassIsCertain() {
    let head = TrainedHead(
      .linear(
        LinearHead(
          weights: Matrix(rowCount: 2, columnCount: 1, elements: [100, -100]), bias: [0, 0],
          activation: .softmax, calibration: .identity(classCount: 2))))
    #expect(head.logOddsGradient(ofClass: 0, at: [1]) == [200])
  }
}
