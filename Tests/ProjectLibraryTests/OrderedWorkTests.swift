import Synchronization
import Testing

@testable import ProjectLibrary

@Suite struct OrderedWorkTests {
  @Test(arguments: [1, 2, 3, 8])
  func resultsComeInOrder(concurrency: Int) throws {
    var received: [Int] = []
    try inOrder(Array(0..<500), concurrency: concurrency) {
      $0 * 2
    } consume: { item, output in
      #expect(output == item * 2)
      received.append(item)
    }
    #expect(received == Array(0..<500))
  }

  @Test func nothingIsDoneForNothing() throws {
    try inOrder([Int](), concurrency: 2) {
      $0
    } consume: { _, _ in
      Issue.record("no item")
    }
  }

  @Test func aFailureStopsTheRest() {
    struct Stop: Error {}
    let begun = Mutex(0)
    #expect(throws: Stop.self) {
      try inOrder(Array(0..<1_000), concurrency: 2) { _ in
        begun.withLock { $0 += 1 }
      } consume: {
        item, _ in
        if item == 10 { throw Stop() }
      }
    }
    #expect(begun.withLock { $0 } < 30)
  }
}
