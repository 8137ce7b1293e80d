public import Foundation

import Backbones
import ONNXGraph

/// Makes the runtime that embeds pictures: fetches, verifies, unpacks, converts, and proves it.
///
/// A finished runtime appears in one step, by renaming; whatever was half-made when a set-up was
/// stopped lies in a folder of its own that the next one removes. Any number may run at once: one
/// works, the others wait and then find the runtime in place.
public struct RuntimeSetup: Sendable {
  public let plan: SetupPlan
  public let location: RuntimeLocation
  /// SHA-256 of bytes: 32 bytes.
  let digest: @Sendable ([UInt8]) -> [UInt8]
  private let python: String

  /// - Parameters:
  ///   - digest: Computes SHA-256.
  ///   - python: Name or path of the Python whose pip fetches packages.
  public init(
    plan: SetupPlan, location: RuntimeLocation, python: String = "python3",
    digest: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) {
    self.plan = plan
    self.location = location
    self.python = python
    self.digest = digest
  }

  /// Where the runtime lies once it is made.
  public var layout: RuntimeLayout { location.layout(version: plan.version) }

  /// Whether the runtime is in place, judged by its files' sizes; takes a millisecond.
  public var isInPlace: Bool {
    RuntimeManifest(of: layout).map { $0.isPresent(in: layout) } ?? false
  }

  /// Whether every file of the runtime is as set-up made it; reads all of them: about a second.
  private var isWhole: Bool {
    RuntimeManifest(of: layout).map { $0.isWhole(in: layout, digest: digest) } ?? false
  }

  /// Puts the runtime in place, unless it is there already; one that is damaged is made again.
  ///
  /// Blocks for seconds to minutes. Cancelling the task stops it within a file's work.
  ///
  /// - Parameters:
  ///   - folder: A folder with the packages' files, instead of the network.
  ///   - progress: Called on this thread, several times a second while bytes arrive.
  ///   - prove: Embeds the proof's picture with the runtime it is given, in no cache.
  /// - Returns: The runtime's place, and whether it was made just now.
  /// - Throws: Every case of `SetupError`; `BackboneError` for weights that are not the network's;
  ///   `CancellationError`; what `prove` throws.
  public func run(
    from folder: URL? = nil, progress: (SetupProgress) -> Void,
    prove: (SetupProof, RuntimeLayout) throws -> [Float]
  ) throws -> (layout: RuntimeLayout, isNew: Bool) {
    if isWhole { return (layout, false) }
    try Files.makeFolder(location.base)
    let lock = try FileLock(path: location.base.appendingPathComponent(".lock").path) {
      progress(SetupProgress(stage: .waiting))
    }
    defer { withExtendedLifetime(lock) {} }
    // The process that was waited for may have made it.
    if isWhole { return (layout, false) }
    try removeLeftovers(in: location.base)
    let available = try Files.freeByteCount(at: location.base)
    guard available >= plan.neededByteCount else {
      throw SetupError.notEnoughSpace(
        path: location.base.path, needed: plan.neededByteCount, available: available)
    }
    let workshop = location.base.appendingPathComponent(
      Self.temporaryPrefix + UUID().uuidString)
    do {
      let made = RuntimeLayout(folder: workshop.appendingPathComponent("runtime"))
      try Files.makeFolder(made.folder)
      for package in plan.packages {
        let file = try packageFile(of: package, from: folder, progress: progress)
        try unpack(package, file: file, into: made, progress: progress)
      }
      try convert(in: made, progress: progress)
      for proof in plan.proofs {
        try Task.checkCancellation()
        progress(SetupProgress(stage: .proving(recipe: proof.recipe)))
        try proof.check(try prove(proof, made))
      }
      try RuntimeManifest(version: plan.version, folder: made.folder, digest: digest)
        .write(to: made)
      try replace(with: made, workshop: workshop)
    } catch {
      // Left for the next set-up if it cannot be removed now; the first error is the one to tell.
      try? Files.remove(workshop)
      throw error
    }
    try Files.remove(workshop)
    return (layout, true)
  }

  private static let temporaryPrefix = ".incoming-"

  private func removeLeftovers(in folder: URL) throws {
    for name in try Files.names(in: folder) where name.hasPrefix(Self.temporaryPrefix) {
      try Files.remove(folder.appendingPathComponent(name))
    }
  }

  /// Moves a damaged runtime of the same version aside and the new one into its place.
  private func replace(with made: RuntimeLayout, workshop: URL) throws {
    if FileManager.default.fileExists(atPath: layout.folder.path) {
      try Files.rename(layout.folder, to: workshop.appendingPathComponent("replaced"))
    }
    try Files.rename(made.folder, to: layout.folder)
  }

  // MARK: Packages

  /// Returns a package's file with the pinned bytes: from the folder given, from what was fetched
  /// before, or from the network.
  private func packageFile(
    of package: PinnedPackage, from folder: URL?, progress: (SetupProgress) -> Void
  ) throws -> URL {
    try Task.checkCancellation()
    if let folder {
      let file = folder.appendingPathComponent(package.fileName)
      guard Files.byteCount(of: file) != nil else {
        throw SetupError.packageMissing(file: package.fileName, folder: folder.path)
      }
      try verify(file, of: package, progress: progress)
      return file
    }
    try Files.makeFolder(location.downloads)
    // Another runtime's set-up may share the downloads.
    let lock = try FileLock(path: location.downloads.appendingPathComponent(".lock").path) {
      progress(SetupProgress(stage: .waiting))
    }
    defer { withExtendedLifetime(lock) {} }
    try removeLeftovers(in: location.downloads)
    let kept = location.downloads.appendingPathComponent(package.fileName)
    if Files.byteCount(of: kept) != nil {
      do {
        try verify(kept, of: package, progress: progress)
        return kept
      } catch SetupError.wrongChecksum {
        try Files.remove(kept)
      }
    }
    let incoming = location.downloads.appendingPathComponent(
      Self.temporaryPrefix + UUID().uuidString)
    do {
      let scratch = incoming.appendingPathComponent("scratch")
      try Files.makeFolder(scratch)
      try PackageIndex(python: python).fetch(package, into: incoming, scratch: scratch) { count in
        progress(
          SetupProgress(
            stage: .fetching(package: package.name),
            doneByteCount: min(count, package.byteCount), totalByteCount: package.byteCount))
      }
      let fetched = incoming.appendingPathComponent(package.fileName)
      guard Files.byteCount(of: fetched) != nil else {
        throw SetupError.packageMissing(file: package.fileName, folder: incoming.path)
      }
      try verify(fetched, of: package, progress: progress)
      try Files.rename(fetched, to: kept)
    } catch {
      // As above: the next set-up removes what stays.
      try? Files.remove(incoming)
      throw error
    }
    try Files.remove(incoming)
    return kept
  }

  private func verify(
    _ file: URL, of package: PinnedPackage, progress: (SetupProgress) -> Void
  ) throws {
    progress(
      SetupProgress(
        stage: .verifying(package: package.name), totalByteCount: package.byteCount))
    let bytes = [UInt8](try Files.read(file))
    let found = hexadecimal(digest(bytes))
    guard found == package.sha256 else {
      throw SetupError.wrongChecksum(
        path: file.path, expected: package.sha256, found: found, byteCount: bytes.count)
    }
  }

  private func unpack(
    _ package: PinnedPackage, file: URL, into made: RuntimeLayout,
    progress: (SetupProgress) -> Void
  ) throws {
    do {
      let archive = try ZipArchive(try Files.read(file))
      let total = package.members.reduce(0) { $0 + archive.byteCount(of: $1.path) }
      var done = 0
      for member in package.members {
        try Task.checkCancellation()
        progress(
          SetupProgress(
            stage: .unpacking(package: package.name), doneByteCount: done, totalByteCount: total))
        let bytes = try archive.bytes(of: member.path, limit: Self.memberLimit)
        try Files.write(bytes, to: made.folder.appendingPathComponent(member.place))
        done += bytes.count
      }
    } catch let fault as ZipFault {
      throw SetupError.damagedPackage(path: file.path, fault: fault)
    }
  }

  /// The largest file wanted of any package has 64 MB.
  private static let memberLimit = 256 << 20

  // MARK: Graphs

  /// Writes the graphs and removes the weights that they were made from.
  private func convert(in made: RuntimeLayout, progress: (SetupProgress) -> Void) throws {
    var checkpoints: [Backbone: TorchCheckpoint] = [:]
    for graph in plan.graphs {
      try Task.checkCancellation()
      progress(SetupProgress(stage: .converting(graph: graph.name)))
      let model = try graph.model { backbone in
        if let known = checkpoints[backbone] { return known }
        let place = PinnedPackage.weightsPlace(of: backbone)
        let bytes = [UInt8](try Files.read(made.folder.appendingPathComponent(place)))
        let checkpoint = try TorchCheckpoint(bytes: bytes)
        checkpoints[backbone] = checkpoint
        return checkpoint
      }
      try Files.write(model.serialized(), to: made.graph(ofRecipe: graph.name))
    }
    try Files.remove(made.folder.appendingPathComponent("weights"))
  }
}
