import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Setup

@Suite struct RuntimeSetupTests {
  /// Sets up from the packages beside these tests.
  @discardableResult
  private func run(
    _ setup: RuntimeSetup, from folder: URL? = TinyPackages.folder,
    progress: (SetupProgress) -> Void = { _ in },
    prove: (SetupProof, RuntimeLayout) throws -> [Float] = { proof, _ in proof.embedding }
  ) throws -> Bool {
    try setup.run(from: folder, progress: progress, prove: prove).isNew
  }

  /// Names below the folder of runtimes, but for the lock.
  private func names(in home: URL) throws -> [String] {
    let base = TinyPackages.location(in: home).base.path
    return try FileManager.default.contentsOfDirectory(atPath: base).filter { $0 != ".lock" }
  }

  @Test func runtimeHasThePackagesFilesAndNoWeights() throws {
    try withFolder { home in
      let setup = try TinyPackages.setup(in: home)
      #expect(!setup.isInPlace)
      #expect(try run(setup))
      #expect(setup.isInPlace)
      #expect(try names(in: home) == ["tiny-1"])
      let folder = setup.layout.folder
      #expect(
        try String(
          contentsOf: folder.appendingPathComponent("licences/tiny/LICENSE"), encoding: .utf8)
          == "free")
      #expect(Files.byteCount(of: folder.appendingPathComponent("lib/stored.bin")) == 1000)
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/weights"))
      // Again: nothing is made or proved.
      #expect(
        try !run(setup, from: nil, progress: { Issue.record("\($0)") }, prove: { _, _ in [] }))
    }
  }

  @Test func stagesComeInOrderWithSizes() throws {
    try withFolder { home in
      var seen: [SetupProgress] = []
      try run(try TinyPackages.setup(in: home), progress: { seen.append($0) })
      var stages: [SetupProgress.Stage] = []
      for stage in seen.map(\.stage) where stages.last != stage { stages.append(stage) }
      #expect(
        stages == [
          .verifying(package: "tiny"), .unpacking(package: "tiny"), .verifying(package: "other"),
          .unpacking(package: "other"), .proving(recipe: "tiny"),
        ])
      let unpacking = seen.filter { $0.stage == .unpacking(package: "tiny") }
      #expect(unpacking.map(\.doneByteCount) == unpacking.map(\.doneByteCount).sorted())
      #expect(unpacking.allSatisfy { $0.totalByteCount == 26_890 + 1000 + 4 })
    }
  }

  @Test func wrongChecksumLeavesNothing() throws {
    try withFolder { home in
      let packages = home.appendingPathComponent("packages")
      try FileManager.default.copyItem(at: TinyPackages.folder, to: packages)
      let file = packages.appendingPathComponent(TinyPackages.otherFile)
      let bytes = [UInt8](try Data(contentsOf: file))
      let cut = Array(bytes.dropLast())
      try Data(cut).write(to: file)
      let setup = try TinyPackages.setup(in: home)
      #expect(
        throws: SetupError.wrongChecksum(
          path: file.path, expected: hexadecimal(TinyPackages.digest(bytes)),
          found: hexadecimal(TinyPackages.digest(cut)), byteCount: cut.count)
      ) { try run(setup, from: packages) }
      #expect(try names(in: home) == [])
      try FileManager.default.removeItem(at: file)
      #expect(
        throws: SetupError.packageMissing(file: TinyPackages.otherFile, folder: packages.path)
      ) { try run(setup, from: packages) }
      #expect(try names(in: home) == [])
    }
  }

  @Test func wrongEmbeddingLeavesNothing() throws {
    try withFolder { home in
      let setup = try TinyPackages.setup(in: home)
      for wrong in [[1, 2, 3.2], [-1, -2, -3], [1, 2], [1, 2, .nan], []] as [[Float]] {
        let error = #expect(throws: SetupError.self) { try run(setup, prove: { _, _ in wrong }) }
        guard case .proofFailed("tiny", _, 0.9999) = error else {
          Issue.record("\(wrong): \(String(describing: error))")
          continue
        }
      }
      #expect(try names(in: home) == [])
      #expect(try run(setup, prove: { _, _ in [2, 4, 6.001] }))
    }
  }

  @Test func whatAStoppedSetUpLeftIsRemoved() throws {
    try withFolder { home in
      // As after kill -9 in the middle of unpacking.
      let base = TinyPackages.location(in: home).base
      let leftover = base.appendingPathComponent(".incoming-1/runtime/lib")
      try FileManager.default.createDirectory(at: leftover, withIntermediateDirectories: true)
      try run(try TinyPackages.setup(in: home))
      #expect(try names(in: home) == ["tiny-1"])
    }
  }

  @Test func cancellingLeavesNothing() async throws {
    let home = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-\(UUID().uuidString)")
    // What cannot be removed stays in the system's folder for such things.
    defer { try? FileManager.default.removeItem(at: home) }
    let setup = try TinyPackages.setup(in: home)
    let task = Task {
      try setup.run(
        from: TinyPackages.folder,
        progress: { progress in
          if progress.stage == .unpacking(package: "tiny") {
            withUnsafeCurrentTask { $0?.cancel() }
          }
        }, prove: { proof, _ in proof.embedding }
      ).isNew
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try names(in: home) == [])
  }

  @Test func oneOfTwoAtOnceWorksAndTheOtherWaits() throws {
    try withFolder { home in
      let setup = try TinyPackages.setup(in: home)
      let results = Mutex<[Bool]>([])
      let isWaiting = Mutex(false)
      let proofs = Mutex(0)
      let other = DispatchGroup()
      let prove = { (proof: SetupProof, _: RuntimeLayout) in
        // The first holds the lock here; the second has to have met it before the first goes on.
        let met = DispatchSemaphore(value: 0)
        DispatchQueue.global().async(group: other) {
          // Should it ever get past the lock, the test has to fail, not to hang.
          defer { met.signal() }
          do {
            let isNew = try setup.run(
              from: TinyPackages.folder,
              progress: { progress in
                guard progress.stage == .waiting else { return }
                isWaiting.withLock { $0 = true }
                met.signal()
              },
              prove: { proof, _ in
                proofs.withLock { $0 += 1 }
                return proof.embedding
              }
            ).isNew
            results.withLock { $0.append(isNew) }
          } catch {
            Issue.record(error)
          }
        }
        met.wait()
        return proof.embedding
      }
      let isNew = try run(setup, prove: prove)
      other.wait()
      #expect(isNew)
      #expect(results.withLock { $0 } == [false])
      #expect(isWaiting.withLock { $0 } && proofs.withLock { $0 } == 0)
    }
  }

  @Test func damagedRuntimeIsReportedAndReplaced() throws {
    try withFolder { home in
      let setup = try TinyPackages.setup(in: home)
      #expect(setup.diagnosis().first?.state == .absent)
      try run(setup)
      #expect(setup.diagnosis().allSatisfy { $0.isHealthy })
      let file = setup.layout.folder.appendingPathComponent("lib/stored.bin")
      var bytes = try Data(contentsOf: file)
      bytes[500] ^= 1
      try bytes.write(to: file)
      func library() -> ComponentReport? {
        setup.diagnosis().first { $0.component == .openVINO }
      }
      #expect(library()?.state == .altered([file.path]))
      #expect(library()?.isHealthy == false)
      #expect(try run(setup))
      #expect(setup.diagnosis().allSatisfy { $0.isHealthy })

      try FileManager.default.removeItem(at: file)
      #expect(library()?.state == .missing([file.path]))
      #expect(!setup.isInPlace)
      #expect(try run(setup))
      #expect(setup.diagnosis().allSatisfy { $0.isHealthy })
      #expect(try names(in: home) == ["tiny-1"])
    }
  }

  @Test func volumeThatIsTooSmallIsRefusedFirst() throws {
    try withFolder { home in
      let plan = try TinyPackages.plan()
      let huge = PinnedPackage(
        name: "huge", version: "1", fileName: "huge.whl", byteCount: 1 << 55, sha256: "",
        members: [])
      let setup = try TinyPackages.setup(
        in: home,
        plan: SetupPlan(
          version: "tiny-1", packages: plan.packages + [huge], graphs: [], proofs: []))
      let error = #expect(throws: SetupError.self) { try run(setup) }
      guard case .notEnoughSpace(let path, let needed, let available) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(path == setup.location.base.path && needed > 4 << 55 && available < needed)
      #expect(try names(in: home) == [])
    }
  }

  @Test func fullVolumeIsNamed() {
    #expect(throws: SetupError.diskFull(path: "/dev/full")) {
      try Files.write([1, 2, 3], to: URL(fileURLWithPath: "/dev/full"))
    }
  }

  @Test func folderThatCannotBeMadeIsNamed() throws {
    try withFolder { home in
      let blocked = home.appendingPathComponent(".local")
      try Data().write(to: blocked)
      let error = #expect(throws: SetupError.self) {
        try run(try TinyPackages.setup(in: home))
      }
      guard case .fileFailed(let path, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(path.hasPrefix(blocked.path))
    }
  }
}
