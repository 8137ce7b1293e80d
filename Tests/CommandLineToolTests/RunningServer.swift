import Foundation

/// A program that serves, on a port of its own.
struct RunningServer {
  let library: TestLibrary
  let program: RunningProgram
  let endpoint: String

  /// - Throws: When it does not say where it serves.
  init(
    _ arguments: String..., library: TestLibrary? = nil, embeds: Bool = true,
    environment: [String: String] = [:], errors: StreamEnd = .file
  ) throws {
    self.library = try library ?? TestLibrary()
    program = try self.library.start(
      ["serve", "--port", "0"] + arguments, embeds: embeds, environment: environment, errors: errors
    )
    endpoint = try Self.endpoint(of: program)
  }

  private static func endpoint(of program: RunningProgram) throws -> String {
    let deadline = ContinuousClock.now + .seconds(60)
    while !program.hasEnded && ContinuousClock.now < deadline {
      if let match = program.output.firstMatch(of: #/on (http:\S+)\n/#) {
        return String(match.output.1)
      }
      usleep(5_000)
    }
    throw ServerSilent()
  }

  struct ServerSilent: Error {}
}
