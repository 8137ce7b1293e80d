import Foundation
import Glibc
import Synchronization
import Testing
import WorkThreads

struct WorkThreadTests {
  @Test func workIsDoneInOrderOnOneThread() {
    let done = Mutex<[Int]>([])
    let threads = Mutex<Set<pthread_t>>([])
    let end = DispatchSemaphore(value: 0)
    let thread = WorkThread("test")
    for number in 0..<1_000 {
      thread.async {
        done.withLock { $0.append(number) }
        threads.withLock { _ = $0.insert(pthread_self()) }
        if number == 999 { end.signal() }
      }
    }
    end.wait()
    #expect(done.withLock(\.self) == Array(0..<1_000))
    #expect(threads.withLock(\.count) == 1)
  }

  @Test func whatWasGivenIsDoneThoughNobodyKeepsTheThread() {
    let end = DispatchSemaphore(value: 0)
    do {
      let thread = WorkThread("test")
      thread.async { usleep(20_000) }
      for _ in 0..<3 { thread.async { end.signal() } }
    }
    for _ in 0..<3 { end.wait() }
  }

  @Test(arguments: [(WorkThread.Place.same, Int32(0)), (.behind, 10)])
  func aThreadStandsWhereItWasPut(place: WorkThread.Place, niceness: Int32) async {
    // Whoever runs the tests may stand behind already.
    let mine = Self.niceness
    let found = await withCheckedContinuation { continuation in
      WorkThread("test", place).async {
        // One that it makes stands no further in front.
        WorkThread("inner").async { continuation.resume(returning: Self.niceness) }
      }
    }
    #expect(found == max(mine, niceness))
  }

  @Test func anActorStaysOnTheThreadOfItsExecutor() async {
    let counter = Counter()
    await withTaskGroup { group in
      for _ in 0..<100 { group.addTask { await counter.count() } }
    }
    #expect(await counter.total == 100)
    #expect(await counter.threads.count == 1)
  }

  private static var niceness: Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

  private actor Counter {
    private let executor = ThreadExecutor("counter", .same)
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private(set) var total = 0
    private(set) var threads: Set<pthread_t> = []

    func count() {
      total += 1
      threads.insert(pthread_self())
    }
  }
}
