public import Dataset
import Foundation
import Glibc
import ProjectStore

/// A training whose iteration somebody was promised.
public struct TrainingPromise: Hashable, Sendable {
  public let iteration: IterationID
  public let project: ProjectID
  /// The number that the iteration will have, unless another takes it first.
  public let number: Int
  /// When it was promised, in seconds since 1970.
  public let begun: Double
  /// What is to be trained; it names the iteration.
  public let request: TrainingRequest
  /// Why it failed, in a sentence, and when; `nil` while it may still be kept.
  public internal(set) var failure: Failure?

  public struct Failure: Hashable, Sendable {
    public let sentence: String
    /// Seconds since 1970.
    public let time: Double
  }
}

/// A promise that this process keeps, until this object is gone or says otherwise.
///
/// It lies in a file of the library's folder `promises/` and is locked by a file in `locks/`, which
/// the kernel lets go of when the process ends, however it ends: whoever looks for promises that
/// nobody keeps then finds it.
public final class HeldPromise: Sendable {
  public let promise: TrainingPromise
  private let path: String
  private let lockPath: String
  private let lock: FileLock

  fileprivate init(_ promise: TrainingPromise, path: String, lockPath: String, lock: FileLock) {
    self.promise = promise
    self.path = path
    self.lockPath = lockPath
    self.lock = lock
  }

  /// Forgets the promise: the iteration is there, or nobody waits for it any more.
  public func forget() {
    unlink(path)
    unlink(lockPath)
    lock.release()
  }

  /// Leaves the promise to whoever looks for promises next.
  public func leave() { lock.release() }

  /// Remembers that the promise was not kept.
  ///
  /// - Returns: The promise with its failure.
  public func fail(_ sentence: String, at time: Double) -> TrainingPromise {
    var failed = promise
    failed.failure = TrainingPromise.Failure(sentence: sentence, time: time)
    // Should this not be written, the training is tried again at the next start.
    try? failed.write(to: path)
    return failed
  }
}

extension Library {
  /// Promises an iteration: the promise is on the disk when this returns, and kept by this process.
  ///
  /// - Parameters:
  ///   - request: What is to be trained; the iteration that it names, or any.
  ///   - number: The number that the iteration will have.
  /// - Throws: What keeps the library from being written.
  public func promise(
    _ request: TrainingRequest, of project: ProjectID, number: Int
  ) throws -> HeldPromise {
    var request = request
    let iteration = request.iteration ?? .random()
    request.iteration = iteration
    let promise = TrainingPromise(
      iteration: iteration, project: project, number: number, begun: now(), request: request)
    try makeFolder(promiseFolder)
    guard let held = try hold(iteration, { promise }) else {
      throw LibraryError.system(
        operation: "flock", path: promisePath(of: iteration), number: EWOULDBLOCK)
    }
    try promise.write(to: promisePath(of: iteration))
    try originals.synchronise()
    return held
  }

  /// Takes over the promises that no process keeps, the oldest first.
  ///
  /// Those whose iteration is there already are forgotten, as are those of deleted projects.
  public func abandonedPromises() throws -> [HeldPromise] {
    guard FileManager.default.fileExists(atPath: promiseFolder) else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: promiseFolder)
    let held = try names.compactMap { name -> HeldPromise? in
      guard name.hasSuffix(".json"), let iteration = IterationID(String(name.dropLast(5))) else {
        return nil
      }
      return try hold(iteration) {
        TrainingPromise(contentsOf: promisePath(of: iteration), iteration: iteration)
      }
    }
    let projects = Set(try projects().map(\.id))
    return try held.filter { one in
      let promise = one.promise
      let isKept = try store.read {
        try $0.iterations(of: promise.project, includingDeleted: true).contains {
          $0.id == promise.iteration
        }
      }
      if isKept || !projects.contains(promise.project) {
        one.forget()
        return false
      }
      return true
    }.sorted { $0.promise.begun < $1.promise.begun }
  }

  private var promiseFolder: String { "\(path)/promises" }

  private func promisePath(of iteration: IterationID) -> String {
    "\(promiseFolder)/\(iteration).json"
  }

  /// Locks a promise, and only then looks what it says.
  ///
  /// - Returns: `nil` when another process keeps it, or nothing can be read.
  private func hold(
    _ iteration: IterationID, _ promise: () -> TrainingPromise?
  ) throws -> HeldPromise? {
    let lockPath = "\(path)/locks/promise-\(iteration)"
    guard let lock = try FileLock.tryAcquire(lockPath) else { return nil }
    guard let promise = promise() else {
      unlink(lockPath)
      lock.release()
      return nil
    }
    return HeldPromise(
      promise, path: promisePath(of: iteration), lockPath: lockPath, lock: lock)
  }
}

// MARK: - The file

extension TrainingPromise {
  /// What the file says; its name says which iteration.
  private struct Record: Codable {
    let project: String
    let number: Int
    let begun: Double
    let leavesOutSmallTags: Bool
    let tags: [String]?
    let seed: UInt64
    let budgetHours: Int?
    let baseProject: String?
    let baseIteration: String?

    var base: IterationReference? {
      guard let project = baseProject.flatMap({ ProjectID($0) }),
        let iteration = baseIteration.flatMap({ IterationID($0) })
      else { return nil }
      return IterationReference(project: project, iteration: iteration)
    }

    let failure: String?
    let failedAt: Double?
  }

  fileprivate func write(to path: String) throws {
    let record = Record(
      project: project.description, number: number, begun: begun,
      leavesOutSmallTags: request.leavesOutSmallTags,
      tags: request.tags?.map(\.description).sorted(), seed: request.seed,
      budgetHours: request.budgetHours, baseProject: request.base?.project.description,
      baseIteration: request.base?.iteration.description, failure: failure?.sentence,
      failedAt: failure?.time)
    try JSONEncoder().encode(record).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// `nil` for a file that is not there, or that says nothing.
  fileprivate init?(contentsOf path: String, iteration: IterationID) {
    guard let data = FileManager.default.contents(atPath: path),
      let record = try? JSONDecoder().decode(Record.self, from: data),
      let project = ProjectID(record.project)
    else { return nil }
    self.init(
      iteration: iteration, project: project, number: record.number, begun: record.begun,
      request: TrainingRequest(
        leavesOutSmallTags: record.leavesOutSmallTags,
        tags: record.tags.map { Set($0.compactMap { TagID($0) }) }, seed: record.seed,
        iteration: iteration, budgetHours: record.budgetHours, base: record.base),
      failure: record.failure.map { Failure(sentence: $0, time: record.failedAt ?? 0) })
  }
}
