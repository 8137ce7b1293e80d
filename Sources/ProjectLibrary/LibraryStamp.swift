import Glibc

/// What the library's files look like from outside: two stamps differ where somebody has written
/// between them.
///
/// A write in the same tick of the file system's clock as the one before may not show, so that after
/// a change a second look is due.
public struct LibraryStamp: Equatable, Sendable {
  /// Times and sizes of the write-ahead log and of the folder of running jobs.
  private let facts: [Int]
  /// Whether a job of any process runs, whose progress no stamp shows.
  public let hasJobs: Bool

  fileprivate init(log: String, jobFolder: String) {
    facts = [log, jobFolder].flatMap { path -> [Int] in
      var status = stat()
      // A file that is not there is a fact, too.
      guard stat(path, &status) == 0 else { return [-1, -1, -1] }
      return [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_size)]
    }
    hasJobs = !JobNotice.isEmpty(jobFolder)
  }
}

extension Library {
  /// The library's stamp now; costs a few system calls.
  public func stamp() -> LibraryStamp {
    LibraryStamp(log: "\(path)/library.sqlite-wal", jobFolder: jobFolder)
  }
}
