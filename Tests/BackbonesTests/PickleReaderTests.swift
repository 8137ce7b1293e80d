import Testing

@testable import Backbones

@Suite struct PickleReaderTests {
  private func read(_ bytes: [UInt8]) throws -> PickleValue {
    var input = ByteReader(bytes)
    return try PickleReader.read(from: &input)
  }

  private func expectError(_ error: BackboneError, reading bytes: [UInt8]) {
    #expect(throws: error) { try read(bytes) }
  }

  @Test func nothingIsEverRun() {
    // What pickle.dumps writes for an object whose __reduce__ gives (os.system, ("true",)).
    let attack = [0x80, 2] + Array("cposix\nsystem\n".utf8) + [0x58, 4, 0, 0, 0]
    expectError(
      .unexpectedGlobal("posix.system", offset: 2),
      reading: attack + Array("true".utf8) + [0x85, 0x52, 0x2E])
    expectError(
      .unexpectedGlobal("builtins.eval", offset: 0),
      reading: Array("cbuiltins\neval\n".utf8) + [0x2E])
  }

  @Test func unknownInstructionsAreNamed() {
    let known: Set<UInt8> = [
      0x28, 0x29, 0x2E, 0x4A, 0x4B, 0x4D, 0x4E, 0x51, 0x52, 0x58, 0x5D, 0x61, 0x62, 0x63, 0x65,
      0x68, 0x6A, 0x71, 0x72, 0x73, 0x74, 0x75, 0x7D, 0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A,
    ]
    for code in UInt8.min...UInt8.max where !known.contains(code) {
      expectError(.unexpectedOpcode(code, offset: 0), reading: [code, 0x2E])
    }
  }

  @Test func stackNeverGoesBelowAMark() {
    // An empty list, a mark, then an append that may not reach below the mark.
    expectError(
      .malformed(expected: "1 values on the stack", offset: 2), reading: [0x5D, 0x28, 0x61])
    // A mark, a mark, an item; the appends would take the list from below the first mark.
    expectError(
      .malformed(expected: "list or dictionary", offset: 4),
      reading: [0x5D, 0x28, 0x28, 0x4E, 0x65])
    expectError(.malformed(expected: "mark", offset: 0), reading: [0x74])
    expectError(
      .malformed(expected: "one value at the end of the pickle", offset: 1), reading: [0x2E])
  }

  @Test func containersAreNotCopiedThroughTheMemo() {
    expectError(
      .malformed(expected: "remembered value 0", offset: 3), reading: [0x5D, 0x71, 0, 0x68, 0])
  }

  @Test func nestingIsLimited() {
    let deep = [0x29] + [UInt8](repeating: 0x85, count: 1_000_000) + [0x2E]
    expectError(.tooDeep(limit: PickleReader.nestingLimit, offset: 16), reading: deep)
    // Lists inside lists, closed from the inside.
    let lists = [UInt8](repeating: 0x5D, count: 100) + [UInt8](repeating: 0x61, count: 99)
    #expect(throws: BackboneError.self) { try read(lists + [0x2E]) }
  }

  @Test func lengthsBeyondTheFileAreRefused() {
    expectError(.truncated(offset: 5), reading: [0x58, 0xFF, 0xFF, 0xFF, 0xFF, 0x41, 0x2E])
    expectError(.truncated(offset: 2), reading: [0x8A, 200, 1, 2])
    let storage =
      [0x28] + text("storage") + Array("ctorch\nFloatStorage\n".utf8) + text("1") + text("cpu")
      + [0x4A, 0xFF, 0xFF, 0xFF, 0x7F, 0x4E, 0x74, 0x51, 0x2E]
    expectError(
      .tooLarge(Int(Int32.max), limit: 0, offset: storage.count - 2), reading: storage)
  }

  @Test func growingAContainerTakesLinearTime() throws {
    // A copy at every step would move 10^11 values and never end.
    let count = 500_000
    let items = [[UInt8]](repeating: [0x4E, 0x61], count: count).flatMap { $0 }
    guard case .list(let elements) = try read([0x5D] + items + [0x2E]) else {
      Issue.record("no list")
      return
    }
    #expect(elements.count == count)
  }

  private func text(_ text: String) -> [UInt8] {
    [0x58, UInt8(text.utf8.count), 0, 0, 0] + Array(text.utf8)
  }
}
