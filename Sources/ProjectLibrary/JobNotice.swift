import Dataset
import Glibc
import Synchronization

/// A line in a file that tells other processes how far a job is, locked as long as the job runs.
///
/// The lock tells whether the job still runs: the kernel lets go of it when the process ends, however
/// it ends. The file is a hint for people; nothing depends on it.
final class JobNotice: Sendable {
  private let descriptor: Int32
  private let path: String
  private let kind: RunningJob.Kind
  private let lastWritten = Mutex<ContinuousClock.Instant?>(nil)

  private let pause: Duration
  /// Lines have one length, so that a shorter one leaves nothing of a longer one behind.
  private static let lineLength = 80

  /// Shows a job.
  ///
  /// - Parameters:
  ///   - folder: Where notices lie; made where there is none.
  ///   - pause: How long news wait behind those before; as it is, often enough for a progress bar.
  /// - Throws: `.system`.
  init(
    _ kind: RunningJob.Kind, of project: ProjectID, in folder: String,
    pause: Duration = .milliseconds(200)
  ) throws(LibraryError) {
    self.kind = kind
    self.pause = pause
    try makeFolder(folder)
    path = "\(folder)/\(project)-\(kind.rawValue)-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    // Readers clear away what is not locked: it gets its name once it is.
    let unnamed = "\(folder)/.\(getpid())-\(UInt32.random(in: 0 ... .max))"
    descriptor = open(unnamed, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .system(operation: "open", path: unnamed, number: errno)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, rename(unnamed, path) == 0 else {
      let number = errno
      unlink(unnamed)
      // `deinit` closes the descriptor: everything that it needs is set.
      throw .system(operation: "rename", path: path, number: number)
    }
    update(doneCount: 0, totalCount: 0)
  }

  deinit { close(descriptor) }

  /// Tells how far the job is; news that come faster than people look are passed over.
  func update(doneCount: Int, totalCount: Int) {
    let isDue = lastWritten.withLock { last in
      if let last, last.duration(to: .now) < pause { return false }
      last = .now
      return true
    }
    guard isDue else { return }
    var line = Array("\(kind.rawValue) \(getpid()) \(doneCount) \(totalCount)".utf8)
    line += Array(repeating: UInt8(ascii: " "), count: max(0, Self.lineLength - line.count))
    // A disk that is full keeps the old line, which harms nobody.
    _ = pwrite(descriptor, line, line.count, 0)
  }

  /// Takes the notice away.
  func end() { unlink(path) }

  /// Whether no job has a notice in a folder.
  static func isEmpty(_ folder: String) -> Bool {
    guard let directory = opendir(folder) else { return true }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      // Names that begin with a dot are the folder itself, its parent, and notices in the making.
      let first = withUnsafeBytes(of: &entry.pointee.d_name) { $0[0] }
      if first != UInt8(ascii: ".") { return false }
    }
    return true
  }

  /// The jobs of a project that run, this process's own among them.
  static func all(in folder: String, of project: ProjectID) -> [RunningJob] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var jobs: [RunningJob] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix("\(project)-") else { continue }
      if let job = job(at: "\(folder)/\(name)") { jobs.append(job) }
    }
    return jobs
  }

  /// The job of a notice; `nil` where it runs no more, and then the notice is cleared away.
  private static func job(at path: String) -> RunningJob? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 {
      unlink(path)
      return nil
    }
    var line = [UInt8](repeating: 0, count: lineLength)
    let count = pread(descriptor, &line, line.count, 0)
    let words = String(decoding: line.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
    guard words.count == 4, let kind = RunningJob.Kind(rawValue: String(words[0])),
      let process = Int32(words[1]), let done = Int(words[2]), let total = Int(words[3])
    else { return nil }
    return RunningJob(kind: kind, process: process, doneCount: done, totalCount: total)
  }
}
