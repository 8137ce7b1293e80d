import Dataset
import Foundation
import ProjectLibrary
import Synchronization

/// A model that a program asked for.
struct RequestedExport: Sendable, Hashable {
  let iteration: IterationID
  let platform: String
  /// Empty for none.
  let flavor: String
}

/// Exports that programs asked for: they are made behind, and are polled.
///
/// What is done lies in the library's folder and outlasts the server; it may be deleted, and is made
/// again when it is asked for again.
final class ExportDesk: Sendable {
  enum Status: String, Sendable {
    case exporting = "Exporting"
    case done = "Done"
    case failed = "Failed"
  }

  private let states = Mutex<[RequestedExport: Status]>([:])
  private let folder: String
  private let pool = WorkPool("exports", width: 1)

  init(folder: String) { self.folder = folder }

  /// Begins an export.
  ///
  /// - Parameters:
  ///   - make: Gives the file; runs on another thread.
  ///   - report: Told when it fails.
  /// - Returns: `false` when there is such an export already.
  func begin(
    _ export: RequestedExport, make: @escaping @Sendable () throws -> [UInt8],
    report: @escaping @Sendable (any Error) -> Void
  ) -> Bool {
    let isNew = states.withLock { states in
      let known = states[export] ?? (isThere(export) ? .done : .failed)
      if known != .failed { return false }
      states[export] = .exporting
      return true
    }
    guard isNew else { return false }
    Task {
      do {
        try await pool.run { try self.keep(try make(), as: export) }
        states.withLock { $0[export] = .done }
      } catch {
        states.withLock { $0[export] = .failed }
        report(error)
      }
    }
    return true
  }

  /// The exports of an iteration that are there, on their way or failed, in a fixed order.
  func exports(of iteration: IterationID) -> [(RequestedExport, Status)] {
    var known = states.withLock { $0.filter { $0.key.iteration == iteration } }
    // A folder that is not there holds none.
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(iteration)")) ?? []
    for file in files where file.hasSuffix(".zip") {
      let parts = file.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
      let export = RequestedExport(
        iteration: iteration, platform: String(parts[0]),
        flavor: parts.count > 1 ? String(parts[1]) : "")
      if known[export] == nil { known[export] = .done }
    }
    return known.sorted { ($0.key.platform, $0.key.flavor) < ($1.key.platform, $1.key.flavor) }
      .map { ($0.key, $0.value) }
  }

  /// The file of an export by its name; `nil` when there is none.
  func file(of iteration: IterationID, named name: String) -> [UInt8]? {
    guard exports(of: iteration).contains(where: { Self.name($0.0) == name && $0.1 == .done })
    else {
      return nil
    }
    return FileManager.default.contents(atPath: "\(folder)/\(iteration)/\(name)").map(Array.init)
  }

  static func name(_ export: RequestedExport) -> String {
    "\(export.platform)\(export.flavor.isEmpty ? "" : "-\(export.flavor)").zip"
  }

  private func isThere(_ export: RequestedExport) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder)/\(export.iteration)/\(Self.name(export))")
  }

  private func keep(_ bytes: [UInt8], as export: RequestedExport) throws {
    let place = "\(folder)/\(export.iteration)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    // Written under another name and renamed: a file of that name is whole.
    try Data(bytes).write(
      to: URL(fileURLWithPath: "\(place)/\(Self.name(export))"), options: .atomic)
  }
}
