import Foundation
import Testing

/// A library in a folder of its own, removed with the object, and runs of the program on it.
final class TestLibrary: Sendable {
  let folder: URL
  private let environment: [String: String]

  var path: String { folder.appending(path: "library").path }

  /// - Parameter embeds: Whether the program finds its runtime.
  init(embeds: Bool = true) throws {
    folder = URL(filePath: NSTemporaryDirectory()).appending(path: "tagbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    environment = [
      "HOME": folder.path, "TAGBENCH_LIBRARY": folder.appending(path: "library").path,
      "TAGBENCH_USER": "tester", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "TAGBENCH_RUNTIME": embeds ? TestProgram.runtime : folder.appending(path: "none").path,
      "XDG_CACHE_HOME": TestProgram.cache,
    ]
  }

  /// A library with the compact project “flowers”: the sample pictures, imported and trained.
  static func trained() throws -> TestLibrary {
    let library = try TestLibrary()
    try FileManager.default.copyItem(atPath: model.get().path, toPath: library.path)
    return library
  }

  /// Made once, and copied for every test that asks. What a global holds is never released, so it is
  /// removed when the process ends.
  private static let model: Result<TestLibrary, any Error> = Result {
    let library = try TestLibrary()
    atexit { try? FileManager.default.removeItem(at: TestLibrary.model.get().folder) }
    try library.done("project", "create", "flowers", "--domain", "compact")
    _ = try library.run("import", TestProgram.sampleData, "--tags-from-folders")
    try library.done("train")
    return library
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Starts the program without waiting for it.
  func start(
    _ arguments: [String], embeds: Bool = true, environment more: [String: String] = [:],
    output: StreamEnd = .file, errors: StreamEnd = .file
  ) throws -> RunningProgram {
    var environment = environment.merging(more) { _, new in new }
    if !embeds { environment["TAGBENCH_RUNTIME"] = folder.appending(path: "none").path }
    return try RunningProgram(
      arguments, environment: environment, outputIn: folder, output: output, errors: errors)
  }

  /// Runs a script of the shell, which finds the program in `$TAGBENCH`; what it printed, and whether it
  /// ended well.
  func runShell(_ script: String) throws -> (output: String, isDone: Bool) {
    var environment = environment
    environment["TAGBENCH"] = TestProgram.path
    return try PythonProgram.run("/bin/bash", ["-c", script], environment: environment)
  }

  /// Runs a Python program in the same surroundings; what it printed, and whether it ended well.
  func runPython(
    _ python: String, _ arguments: [String]
  ) throws -> (output: String, isDone: Bool) {
    try PythonProgram.run(python, arguments, environment: environment)
  }

  func run(_ arguments: String...) throws -> ProgramOutcome { try start(arguments).finish() }

  /// Runs the program with `--json` to its good end.
  ///
  /// - Returns: What it printed.
  @discardableResult
  func done(
    _ arguments: String..., location: SourceLocation = #_sourceLocation
  ) throws -> JSONDocument {
    let outcome = try start(arguments + ["--json"]).finish()
    try #require(
      outcome.exitCode == 0, "\(arguments.joined(separator: " ")): \(outcome.standardError)",
      sourceLocation: location)
    return try outcome.document()
  }

  /// Runs the program to a refusal, and expects it to be worded as the contract says: nothing on
  /// standard output, one sentence on standard error.
  ///
  /// - Returns: The sentence.
  @discardableResult
  func refused(
    _ arguments: String..., exitCode: Int32, location: SourceLocation = #_sourceLocation
  ) throws -> String {
    let outcome = try start(arguments).finish()
    let command = Comment(rawValue: arguments.joined(separator: " "))
    #expect(outcome.exitCode == exitCode, command, sourceLocation: location)
    #expect(outcome.standardOutput.isEmpty, command, sourceLocation: location)
    let lines = outcome.standardError.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2 && lines.last == "", command, sourceLocation: location)
    #expect(outcome.standardError.hasPrefix("tagbench: "), command, sourceLocation: location)
    return outcome.standardError
  }

  /// Deletes what the program can make again, as anybody may at any time.
  func removeCache() throws {
    for suffix in ["", "-wal", "-shm"] {
      let file = "\(path)/cache.sqlite\(suffix)"
      if FileManager.default.fileExists(atPath: file) {
        try FileManager.default.removeItem(atPath: file)
      }
    }
  }

  /// Writes a file into the test's folder.
  func write(_ text: String, to name: String) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Copies a sample picture, named as `daisy/daisy-001.jpg`, into the test's folder.
  func copySample(_ sample: String, to name: String) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(TestProgram.sampleData)/\(sample)", toPath: file.path)
    return file.path
  }

  /// Copies the first pictures of a sample folder into a folder of the test.
  ///
  /// - Returns: The paths of the copies.
  @discardableResult
  func copySamples(of tag: String, count: Int, to name: String) throws -> [String] {
    let broken: Set = ["daffodil-026.jpg", "dahlia-001.png"]
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(TestProgram.sampleData)/\(tag)"
    ).filter { !broken.contains($0) }.sorted()
    return try files.prefix(count).map { try copySample("\(tag)/\($0)", to: "\(name)/\($0)") }
  }

  /// Writes every sample picture several times, each time as another content: with a mark after its
  /// end, where no decoder looks.
  ///
  /// - Returns: The path of a folder with a folder for each tag; the two broken pictures are left out.
  func copyMarkedSamples(rounds: Int) throws -> String {
    for tag in ["daffodil", "dahlia", "daisy"] {
      for file in try copySamples(of: tag, count: 40, to: "marked/\(tag)") {
        let bytes = try Data(contentsOf: URL(filePath: file))
        for round in 1..<rounds {
          let copy = URL(filePath: file).deletingLastPathComponent()
            .appending(path: "\(round)-\(file.split(separator: "/").last ?? "")")
          try (bytes + Data("round \(round)".utf8)).write(to: copy)
        }
      }
    }
    return folder.appending(path: "marked").path
  }
}
