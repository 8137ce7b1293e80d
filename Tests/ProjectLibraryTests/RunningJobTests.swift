import Dataset
import Foundation
import Synchronization
import Testing

@testable import ProjectLibrary

/// Jobs as other processes see them.
@Suite struct RunningJobTests {
  private func folder(_ temporary: TemporaryLibrary) -> String {
    temporary.folder.appendingPathComponent("library/locks/jobs").path
  }

  /// A notice as another process would leave it.
  private func leave(_ line: String, _ name: String, in folder: String) throws -> Int32 {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let descriptor = open("\(folder)/\(name)", O_RDWR | O_CREAT, 0o600)
    _ = write(descriptor, line, line.utf8.count)
    return descriptor
  }

  @Test func aTrainingIsSeenWhileItRuns() async throws {
    let temporary = try TemporaryLibrary()
    for (classIndex, tag) in ["red", "green"].enumerated() {
      for number in 0..<6 {
        try temporary.writePicture("\(tag)/\(number).png", classIndex: classIndex, seed: number)
      }
    }
    _ = try await temporary.importPhotos()
    let (folder, project) = (folder(temporary), temporary.project.id)
    let seen = Mutex<Set<RunningJob.Kind>>([])
    _ = try await temporary.library.train(temporary.project) { _ in
      let jobs = JobNotice.all(in: folder, of: project)
      seen.withLock { $0.formUnion(jobs.map(\.kind)) }
    }
    #expect(seen.withLock { $0 } == [.training])
    #expect(JobNotice.all(in: folder, of: project) == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func jobsOfOtherProcessesAreTold() throws {
    let temporary = try TemporaryLibrary()
    let (folder, project) = (folder(temporary), temporary.project.id)
    let lines = [
      ("training 1 42 100   ", "\(project)-a", true),
      ("importing 1 3 90", "\(project)-b", true),
      ("importing 1 4 90", "\(ProjectID.random())-c", true),
      ("nonsense", "\(project)-d", true),
      ("importing 1 5 90", "\(project)-killed", false),
      ("importing \(getpid()) 6 90", "\(project)-own", true),
    ]
    let descriptors = try lines.map { line, name, isLocked in
      let descriptor = try leave(line, name, in: folder)
      if isLocked { #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0) }
      return descriptor
    }
    defer { for descriptor in descriptors { close(descriptor) } }
    #expect(
      Set(temporary.library.jobsElsewhere(of: project)) == [
        RunningJob(kind: .training, process: 1, doneCount: 42, totalCount: 100),
        RunningJob(kind: .importing, process: 1, doneCount: 3, totalCount: 90),
      ])
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!left.contains("\(project)-killed") && left.count == 5)
  }

  @Test func newsThatComeTooFastArePassedOver() throws {
    let temporary = try TemporaryLibrary()
    let (folder, project) = (folder(temporary), temporary.project.id)
    let notice = try JobNotice(.importing, of: project, in: folder, pause: .seconds(3600))
    notice.update(doneCount: 8, totalCount: 1000)
    #expect(JobNotice.all(in: folder, of: project).map(\.totalCount) == [0])
    notice.end()
    #expect(JobNotice.all(in: folder, of: project) == [])
  }
}
