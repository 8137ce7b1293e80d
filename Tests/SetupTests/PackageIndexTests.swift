import Foundation
import Testing

@testable import Setup

@Suite struct PackageIndexTests {
  /// Writes a program that stands in for Python; it sees pip's arguments.
  private func python(in folder: URL, script: String) throws -> String {
    let file = folder.appendingPathComponent("python")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: file.path)
    return file.path
  }

  private func run(_ setup: RuntimeSetup) throws -> Bool {
    try setup.run(progress: { _ in }, prove: { proof, _ in proof.embedding }).isNew
  }

  /// Copies the wanted package to where `--dest` says.
  private static let copyingScript = """
    for argument; do
      case $argument in
        --dest=*) folder=${argument#--dest=} ;;
        tiny==1.0) file=\(TinyPackages.tinyFile) ;;
        other==2.0) file=\(TinyPackages.otherFile) ;;
      esac
    done
    cp "\(TinyPackages.folder.path)/$file" "$folder/"
    """

  @Test func fetchedPackagesAreKeptForTheNextSetUp() throws {
    try withFolder { home in
      let working = try TinyPackages.setup(
        in: home, python: try python(in: home, script: Self.copyingScript))
      #expect(try run(working))
      let downloads = working.location.downloads
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: downloads.path).sorted()
          == [".lock", TinyPackages.otherFile, TinyPackages.tinyFile])
      try FileManager.default.removeItem(at: working.layout.folder)
      let offline = try TinyPackages.setup(
        in: home, python: try python(in: home, script: "exit 1"))
      #expect(try run(offline))
    }
  }

  @Test func damagedDownloadIsFetchedAgain() throws {
    try withFolder { home in
      let setup = try TinyPackages.setup(
        in: home, python: try python(in: home, script: Self.copyingScript))
      try Files.write(
        [1, 2, 3], to: setup.location.downloads.appendingPathComponent(TinyPackages.tinyFile))
      #expect(try run(setup))
    }
  }

  @Test func wrongBytesFromTheIndexAreNotKept() throws {
    try withFolder { home in
      let setup = try TinyPackages.setup(
        in: home,
        python: try python(
          in: home, script: Self.copyingScript + "\necho more >> \"$folder/$file\""))
      #expect(throws: SetupError.self) { try run(setup) }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: setup.location.downloads.path)
          == [".lock"])
    }
  }

  @Test func failingPipIsReported() throws {
    try withFolder { home in
      let setup = try TinyPackages.setup(
        in: home,
        python: try python(in: home, script: "echo 'ERROR: something odd' >&2; exit 1"))
      #expect(
        throws: SetupError.downloadFailed(package: "tiny 1.0", message: "ERROR: something odd")
      ) { try run(setup) }
    }
    try withFolder { home in
      let setup = try TinyPackages.setup(in: home, python: "no-such-python")
      #expect(throws: SetupError.pythonMissing) { try run(setup) }
    }
  }

  @Test func cancellingEndsPipAndLeavesNothing() async throws {
    let home = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    // What cannot be removed stays in the system's folder for such things.
    defer { try? FileManager.default.removeItem(at: home) }
    let setup = try TinyPackages.setup(
      in: home, python: try python(in: home, script: "trap '' INT TERM\nexec sleep 600"))
    let task = Task {
      try setup.run(
        progress: { progress in
          if case .fetching = progress.stage { withUnsafeCurrentTask { $0?.cancel() } }
        }, prove: { proof, _ in proof.embedding }
      ).isNew
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: setup.location.downloads.path)
        == [".lock"])
  }

  @Test(arguments: [
    ("/usr/bin/python3: No module named pip", SetupError.pipMissing(python: "python3")),
    (
      "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(…)'\n"
        + "ERROR: Could not find a version that satisfies the requirement tiny==1.0",
      .networkUnreachable(package: "tiny 1.0")
    ),
    (
      "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
      .diskFull(path: "/downloads")
    ),
    (
      "ERROR: Could not find a version that satisfies the requirement tiny==1.0\n"
        + "ERROR: No matching distribution found for tiny==1.0",
      .downloadFailed(
        package: "tiny 1.0", message: "ERROR: No matching distribution found for tiny==1.0")
    ),
    ("", .downloadFailed(package: "tiny 1.0", message: "")),
  ])
  func messagesOfPipAreUnderstood(output: String, expected: SetupError) {
    #expect(
      PackageIndex.failure(
        status: 1, output: output, python: "python3", package: "tiny 1.0",
        folder: URL(fileURLWithPath: "/downloads")) == expected)
  }
}
