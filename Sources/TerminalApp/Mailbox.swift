import Dataset
import ProjectLibrary
import Synchronization
import TerminalGrid
import Thumbnails
import Workbench

/// What other threads have to tell the controller.
indirect enum Letter: Sendable {
  /// What was asked for by the project of this generation; another project may be shown by now.
  case dated(Int, Letter)
  /// What a question found out.
  case answer(Question, Message)
  /// What was learned from the tags.
  case learned(LearnerQuestion, Message)
  /// A picture that was asked for, as cells.
  case picture(ThumbnailCache<ContentHash>.Key, Grid)
  /// A picture of a contact sheet; `nil` where there is none to be had.
  case tile(ThumbnailCache<ContentHash>.Key, Grid?)
  /// How the library stands, and what other processes do to the project.
  case mark(LibraryMark, [JobElsewhere])
  /// Why it cannot be told how the library stands, in words.
  case noMark(reason: String)
  /// What became of a change, and how far it moved the log where that is known.
  case changed(Message, LogMove?)
  /// How far a job is.
  case importReport(JobID, ImportProgress)
  case trainingReport(JobID, TrainingReport)
  case embeddingReport(JobID, EmbeddingProgress)
  /// A job is over; its last letter.
  case ended(JobID, Message)
  /// A signal asked this process to end.
  case terminated(signal: Int32)
}

/// The only way back to the controller from other threads.
///
/// Whatever is put in rings the bell, which keeps one ring: the controller wakes once, however much
/// has come.
final class Mailbox: Sendable {
  private struct Contents {
    var reports: [JobID: Letter] = [:]
    var letters: [Letter] = []
    var hasRung = false
    var listener: CheckedContinuation<Void, Never>?
  }

  private let contents = Mutex(Contents())

  /// Wakes the controller, for what came by another way.
  func ring() {
    let listener = contents.withLock { contents in
      defer { contents.listener = nil }
      contents.hasRung = contents.listener == nil
      return contents.listener
    }
    listener?.resume()
  }

  /// Waits until there may be something to do, or the task is cancelled. Has one caller.
  ///
  /// It goes on where it was called, without a way over Swift's shared pool, whose threads may all be
  /// waiting for a processor.
  func nextRing(isolation: isolated (any Actor)? = #isolation) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let hasRung = contents.withLock { contents in
          defer { contents.hasRung = false }
          if !contents.hasRung { contents.listener = continuation }
          return contents.hasRung
        }
        if hasRung { continuation.resume() }
      }
    } onCancel: {
      ring()
    }
  }

  /// Leaves a job's report, which takes the place of one that was not read yet.
  func replace(_ job: JobID, with report: Letter) {
    contents.withLock { $0.reports[job] = report }
    ring()
  }

  /// Leaves a letter that will be read, after those before it.
  func post(_ letter: Letter) {
    contents.withLock { $0.letters.append(letter) }
    ring()
  }

  /// Takes everything out: first the newest report of every job, then the letters in their order.
  func drain() -> [Letter] {
    contents.withLock { contents in
      defer {
        contents.reports = [:]
        contents.letters = []
      }
      return contents.reports.sorted { $0.key < $1.key }.map(\.value) + contents.letters
    }
  }
}
