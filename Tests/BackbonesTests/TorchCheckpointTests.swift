import Foundation
import Testing
import WorkbenchTesting

@testable import Backbones

@Suite struct TorchCheckpointTests {
  private let file: [UInt8]

  init() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    file = [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures/tiny.pth")))
  }

  @Test func tensorsAreReadThroughTheirStrides() throws {
    let checkpoint = try TorchCheckpoint(bytes: file)
    #expect(
      try checkpoint.floats(of: "plain", shape: [3, 4]) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    #expect(
      try checkpoint.floats(of: "swapped", shape: [4, 3])
        == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    #expect(try checkpoint.floats(of: "tail", shape: [2, 2]) == [6, 7, 9, 10])
    #expect(try checkpoint.floats(of: "small", shape: [2]) == [-0.5, 0.25])
  }

  @Test func wrongQuestionsAreAnsweredWithFacts() throws {
    let checkpoint = try TorchCheckpoint(bytes: file)
    #expect(throws: BackboneError.missingTensor("absent")) {
      try checkpoint.floats(of: "absent", shape: [1])
    }
    #expect(throws: BackboneError.wrongShape(tensor: "plain", expected: [12], found: [3, 4])) {
      try checkpoint.floats(of: "plain", shape: [12])
    }
    // Integers are no weights, whatever their shape.
    #expect(throws: BackboneError.wrongShape(tensor: "steps", expected: [], found: [])) {
      try checkpoint.floats(of: "steps", shape: [])
    }
  }

  @Test func tensorBeyondItsStorageIsRefused() throws {
    // "tail" begins at element 6 of 12; from 11 it would reach element 15.
    let checkpoint = try TorchCheckpoint(
      bytes: replacing([0x4B, 6, 0x4B, 2], with: [0x4B, 11, 0x4B, 2]))
    #expect(throws: BackboneError.outsideStorage(tensor: "tail")) {
      try checkpoint.floats(of: "tail", shape: [2, 2])
    }
  }

  @Test func weightThatIsNoNumberIsRefused() throws {
    let notANumber: [UInt8] = [0, 0, 0xC0, 0x7F]
    let quarter: [UInt8] = [0, 0, 0x80, 0x3E]
    let checkpoint = try TorchCheckpoint(bytes: replacing(quarter, with: notANumber))
    #expect(throws: BackboneError.notFinite(tensor: "small")) {
      try checkpoint.floats(of: "small", shape: [2])
    }
  }

  @Test func everyTruncationIsRefused() {
    for count in file.indices {
      #expect(throws: BackboneError.self) { try TorchCheckpoint(bytes: Array(file[..<count])) }
    }
    #expect(throws: BackboneError.malformed(expected: "end of the file", offset: file.count)) {
      try TorchCheckpoint(bytes: file + [0])
    }
  }

  @Test(arguments: UInt64(0)..<500) func flippedBytesNeverTrap(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = file
    for _ in 0...Int(seed % 4) {
      bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8(generator.next() & 0xFF)
    }
    // Most are refused, some still make sense; the point is that each is answered.
    guard let checkpoint = try? TorchCheckpoint(bytes: bytes) else { return }
    for (name, shape) in [("plain", [3, 4]), ("swapped", [4, 3]), ("tail", [2, 2])] {
      _ = try? checkpoint.floats(of: name, shape: shape)
    }
  }

  /// The file with the first occurrence of some bytes exchanged for as many others.
  private func replacing(_ old: [UInt8], with new: [UInt8]) throws -> [UInt8] {
    let place = try #require(
      file.indices.first { file[$0...].starts(with: old) }, "\(old) is not in the file")
    return Array(file[..<place]) + new + file[(place + old.count)...]
  }
}
