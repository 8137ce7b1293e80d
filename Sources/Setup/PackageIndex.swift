import Foundation

/// Fetches package files with the user's own pip, which knows their index and proxy.
struct PackageIndex {
  /// Name or path of the Python to run.
  let python: String

  /// Downloads one package's file into a folder.
  ///
  /// - Parameters:
  ///   - scratch: Folder for pip's temporary files, inside of `folder`.
  ///   - progress: Called several times a second with the bytes that have arrived.
  /// - Throws: `.pythonMissing`, `.pipMissing`, `.networkUnreachable`, `.diskFull`,
  ///   `.downloadFailed`, or `CancellationError` when the task is cancelled.
  func fetch(
    _ package: PinnedPackage, into folder: URL, scratch: URL, progress: (Int) -> Void
  ) throws {
    let errors = scratch.appendingPathComponent("pip-errors.txt")
    try Files.write([UInt8](), to: errors)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir",
      "--disable-pip-version-check", "--no-input", "--progress-bar=off", "--retries=2",
      "--timeout=20", "--platform=manylinux_2_28_x86_64", "--python-version=311",
      "--implementation=cp", "--abi=cp311", "--dest=\(folder.path)",
      "\(package.name)==\(package.version)",
    ]
    // pip writes what arrives to its temporary folder first: there the progress shows.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TMPDIR": scratch.path, "LC_ALL": "C.UTF-8"]) { _, ours in ours }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    while process.isRunning {
      if Task.isCancelled {
        // Not `terminate`: a command that handles Ctrl-C ignores the polite signals, and so do its
        // children. All that pip has written lies in `scratch` and `folder`.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        throw CancellationError()
      }
      progress(Files.totalByteCount(below: folder))
      Thread.sleep(forTimeInterval: 0.1)
    }
    guard process.terminationStatus != 0 else { return }
    throw Self.failure(
      status: process.terminationStatus,
      output: String(decoding: try Files.read(errors), as: UTF8.self), python: python,
      package: "\(package.name) \(package.version)", folder: folder)
  }

  /// Reads from pip's messages what kind of failure it was.
  static func failure(
    status: Int32, output: String, python: String, package: String, folder: URL
  ) -> SetupError {
    // env(1) ends with 127 when there is no such program.
    if status == 127 { return .pythonMissing }
    if output.contains("No module named pip") { return .pipMissing(python: python) }
    if output.contains("No space left on device") { return .diskFull(path: folder.path) }
    let unreachable = [
      "NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "Failed to establish",
      "Temporary failure in name resolution", "Network is unreachable", "ProxyError",
    ]
    if unreachable.contains(where: output.contains) { return .networkUnreachable(package: package) }
    let lines = output.split(whereSeparator: \.isNewline)
    let last = lines.last { $0.hasPrefix("ERROR:") } ?? lines.last ?? ""
    return .downloadFailed(package: package, message: String(last))
  }
}
