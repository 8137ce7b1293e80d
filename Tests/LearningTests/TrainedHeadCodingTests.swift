import Matrices
import Testing

@testable import Learning

@Suite struct TrainedHeadCodingTests {
  private let head = TrainedHead(
    .linear(
      LinearHead(
        weights: Matrix(rowCount: 2, columnCount: 3, elements: [1, -2, 3.5, 0, 1e-9, -1e9]),
        bias: [0.25, -7], activation: .softmax,
        calibration: Calibration(scales: [2, 2], offsets: [0.5, 0]))))

  @Test func bytesReadBackToAnEqualHead() throws {
    #expect(try TrainedHead(decoding: head.encoded()) == head)
  }

  @Test func formIsWhatLibrariesHold() {
    #expect(
      Array(head.encoded().prefix(20)) == [
        0x54, 0x42, 0x48, 0x44, 1, 1, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0x80, 0x3F,
      ])
  }

  @Test func bytesCutShortAreRefused() {
    let bytes = head.encoded()
    for count in bytes.indices {
      #expect(throws: LearningError.self) {
        try TrainedHead(decoding: Array(bytes.prefix(count)))
      }
    }
    #expect(throws: LearningError.headSizeWrong(expected: bytes.count, found: bytes.count + 1)) {
      try TrainedHead(decoding: bytes + [0])
    }
  }

  @Test func otherBytesAreRefusedWithTheReason() {
    var bytes = head.encoded()
    bytes[0] = 0
    #expect(throws: LearningError.notAHead) { try TrainedHead(decoding: bytes) }
    bytes = head.encoded()
    bytes[5] = 2
    #expect(throws: LearningError.headUnknown(kind: 1, version: 2)) {
      try TrainedHead(decoding: bytes)
    }
    bytes = head.encoded()
    bytes.replaceSubrange(8..<16, with: [UInt8](repeating: 0xFF, count: 8))
    #expect(throws: LearningError.self) { try TrainedHead(decoding: bytes) }
    bytes = head.encoded()
    bytes.replaceSubrange(16..<20, with: [0, 0, 0xC0, 0x7F])
    #expect(throws: LearningError.headValueInvalid(byteOffset: 16)) {
      try TrainedHead(decoding: bytes)
    }
  }

  @Test(arguments: 0..<200)
  func hostileBytesNeverTrap(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = head.encoded()
    for _ in 0..<4 {
      bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(generator.next() & 0xFF)
    }
    do {
      let found = try TrainedHead(decoding: bytes)
      #expect(found.encoded().count == bytes.count)
    } catch {
      // An error is the other right answer.
    }
  }

  @Test func calibrationFoldsIntoTheWeights() {
    guard case .linear(let linear) = head.kind else { return }
    let folded = TrainedHead(
      .linear(
        LinearHead(
          weights: linear.calibratedWeights, bias: linear.calibratedBias, activation: .softmax,
          calibration: .identity(classCount: 2))))
    let rows = Matrix(rowCount: 2, columnCount: 3, elements: [1, 0, 0, 0.5, 0.25, 0])
    #expect(folded.probabilities(for: rows) == head.probabilities(for: rows))
  }
}
