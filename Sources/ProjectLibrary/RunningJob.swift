public import Dataset
import Glibc

/// A job that runs on the library in some process.
public struct RunningJob: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case importing, embedding, training
  }

  public let kind: Kind
  /// The process that it runs in.
  public let process: Int32
  public let doneCount: Int
  /// What there is to do: files, pictures, or hundredths of a training; 0 while that is not known.
  public let totalCount: Int

  public init(kind: Kind, process: Int32, doneCount: Int, totalCount: Int) {
    self.kind = kind
    self.process = process
    self.doneCount = doneCount
    self.totalCount = totalCount
  }
}

extension Library {
  /// The jobs that run for a project in other processes, in no order that means anything.
  ///
  /// What a process left behind that was killed is cleared away.
  public func jobsElsewhere(of project: ProjectID) -> [RunningJob] {
    JobNotice.all(in: jobFolder, of: project).filter { $0.process != getpid() }
  }

  /// Runs a job while other processes can see how far it is.
  func noticing<Value>(
    _ kind: RunningJob.Kind, of project: ProjectID,
    _ job: (JobNotice?) async throws -> Value
  ) async rethrows -> Value {
    // A job that cannot be shown is done all the same.
    let notice = try? JobNotice(kind, of: project, in: jobFolder)
    defer { notice?.end() }
    return try await job(notice)
  }

  var jobFolder: String { "\(path)/locks/jobs" }
}
