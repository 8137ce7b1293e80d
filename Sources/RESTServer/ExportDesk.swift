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

  init(iteration: IterationID, platform: String, flavor: String) {
    self.iteration = iteration
    self.platform = platform
    self.flavor = flavor
  }

  /// - Parameter name: A file's name without what comes after the dot.
  fileprivate init(iteration: IterationID, name: Substring) {
    let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      iteration: iteration, platform: String(parts[0]),
      flavor: parts.count > 1 ? String(parts[1]) : "")
  }

  fileprivate var name: String { "\(platform)\(flavor.isEmpty ? "" : "-\(flavor)")" }
}

/// Exports that programs asked for: they are made behind, and are polled.
///
/// They lie in the library's folder and outlast the server: what is done, and the wish for what is
/// not. The files may be deleted, and are made again when they are asked for again; of more than
/// `fileLimit` the oldest go.
final class ExportDesk: Sendable {
  enum Status: String, Sendable {
    case exporting = "Exporting"
    case done = "Done"
    case failed = "Failed"
  }

  /// Exports that are on their way or failed.
  private let states = Mutex<[RequestedExport: Status]>([:])
  private let folder: String
  private let fileLimit: Int
  private let pool = WorkPool("exports", width: 1)

  init(folder: String, fileLimit: Int = 32) {
    self.folder = folder
    self.fileLimit = fileLimit
  }

  /// Begins an export.
  ///
  /// - Parameters:
  ///   - make: Gives the file; runs on another thread.
  ///   - ended: Told what became of it.
  /// - Returns: `false` when there is such an export already.
  /// - Throws: What keeps the wish from being written down.
  func begin(
    _ export: RequestedExport, make: @escaping @Sendable () throws -> [UInt8],
    ended: @escaping @Sendable (Result<Void, any Error>) -> Void
  ) throws -> Bool {
    let isNew = states.withLock { states in
      let known = states[export] ?? (isThere(export) ? .done : .failed)
      if known != .failed { return false }
      states[export] = .exporting
      return true
    }
    guard isNew else { return false }
    do {
      try write([], to: wish(for: export))
    } catch {
      states.withLock { $0[export] = nil }
      throw error
    }
    Task {
      do {
        try await pool.run {
          try self.write(try make(), to: self.path(of: export))
          self.removeOldest(but: export)
        }
        states.withLock { $0[export] = nil }
        // A wish that is left over is fulfilled once more.
        try? FileManager.default.removeItem(atPath: wish(for: export))
        ended(.success(()))
      } catch {
        states.withLock { $0[export] = .failed }
        try? FileManager.default.removeItem(atPath: wish(for: export))
        ended(.failure(error))
      }
    }
    return true
  }

  /// Exports that a server before this one began and did not finish.
  func unfinished() -> [RequestedExport] {
    iterations().flatMap { files(of: $0, ending: Self.wishes) }.filter { !isThere($0) }
  }

  /// The exports of an iteration that are there, on their way or failed, in a fixed order.
  func exports(of iteration: IterationID) -> [(RequestedExport, Status)] {
    var known = states.withLock { $0.filter { $0.key.iteration == iteration } }
    for export in files(of: iteration, ending: Self.models) where known[export] != .exporting {
      known[export] = .done
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

  static func name(_ export: RequestedExport) -> String { export.name + models }

  // MARK: - Files

  private static let models = ".zip"
  private static let wishes = ".wanted"

  private func path(of export: RequestedExport) -> String {
    "\(folder)/\(export.iteration)/\(Self.name(export))"
  }

  private func wish(for export: RequestedExport) -> String {
    "\(folder)/\(export.iteration)/\(export.name)\(Self.wishes)"
  }

  private func isThere(_ export: RequestedExport) -> Bool {
    FileManager.default.fileExists(atPath: path(of: export))
  }

  private func iterations() -> [IterationID] {
    // A folder that is not there holds none.
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap {
      IterationID($0)
    }
  }

  private func files(of iteration: IterationID, ending: String) -> [RequestedExport] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(iteration)")) ?? []
    return names.filter { $0.hasSuffix(ending) && $0.count > ending.count }.map {
      RequestedExport(iteration: iteration, name: $0.dropLast(ending.count))
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    // Written under another name and renamed: a file of that name is whole.
    try Data(bytes).write(to: url, options: .atomic)
  }

  private func removeOldest(but newest: RequestedExport) {
    let all = iterations().flatMap { files(of: $0, ending: Self.models) }.filter { $0 != newest }
    let dated = all.map { export in
      let facts = try? FileManager.default.attributesOfItem(atPath: path(of: export))
      return (export, (facts?[.modificationDate] as? Date) ?? .distantPast)
    }.sorted { $0.1 < $1.1 }
    for (export, _) in dated.prefix(max(0, all.count + 1 - fileLimit)) {
      // What is in use elsewhere, or gone already, is no harm.
      try? FileManager.default.removeItem(atPath: path(of: export))
    }
  }
}
