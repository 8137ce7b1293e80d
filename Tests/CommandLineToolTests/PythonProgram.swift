import Foundation

enum PythonProgram {
  /// Runs a Python program; what it printed, and whether it ended well.
  ///
  /// - Parameter environment: In place of this process's own.
  static func run(
    _ python: String, _ arguments: [String], environment: [String: String]? = nil
  ) throws -> (output: String, isDone: Bool) {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = arguments
    if let environment { process.environment = environment }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (output, process.terminationStatus == 0)
  }
}
