import Dataset
import ProjectLibrary
import Testing
import Workbench

@testable import TerminalApp

struct MailboxTests {
  private func isReport(_ letter: Letter, _ job: Int, doneCount: Int) -> Bool {
    if case .importReport(let id, let report) = letter {
      return id == JobID(job) && report.doneCount == doneCount
    }
    return false
  }

  @Test func newestReportOfAJobWinsAndLettersAreKept() {
    let mailbox = Mailbox()
    for count in 1...100 {
      for job in 1...2 {
        let report = ImportProgress(doneCount: count * job, fileCount: 200, seconds: 1)
        mailbox.replace(JobID(job), with: .importReport(JobID(job), report))
      }
      mailbox.post(.terminated(signal: Int32(count)))
    }
    let letters = mailbox.drain()
    #expect(letters.count == 102)
    #expect(isReport(letters[0], 1, doneCount: 100))
    #expect(isReport(letters[1], 2, doneCount: 200))
    let numbers = letters.dropFirst(2).map { letter in
      if case .terminated(let number) = letter { number } else { Int32(0) }
    }
    #expect(numbers == Array(1...100))
    #expect(mailbox.drain().isEmpty)
  }

  @Test func theBellKeepsOneRing() async {
    let mailbox = Mailbox()
    for _ in 0..<5 { mailbox.ring() }
    await mailbox.nextRing()
    async let second: Void = mailbox.nextRing()
    mailbox.ring()
    await second
    #expect(mailbox.drain().isEmpty)
  }

  @Test func cancelledListenerGoesOn() async {
    let mailbox = Mailbox()
    let listener = Task { await mailbox.nextRing() }
    listener.cancel()
    await listener.value
  }

  @Test func nothingIsLostBetweenThreads() async {
    let mailbox = Mailbox()
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<500 { mailbox.post(.terminated(signal: 1)) } }
      }
    }
    #expect(mailbox.drain().count == 4_000)
  }

  @Test func ofWaitingWorkOnlyTheNewestIsStarted() {
    var lane = Lane<String>()
    #expect(lane.submit("a") == "a")
    #expect(lane.submit("b") == nil)
    #expect(lane.submit("c") == nil)
    #expect(lane.isBusy)
    #expect(lane.finish() == "c")
    #expect(lane.isBusy)
    #expect(lane.finish() == nil)
    #expect(!lane.isBusy)
    #expect(lane.submit("d") == "d")
  }
}
