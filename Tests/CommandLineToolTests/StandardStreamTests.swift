import Foundation
import Testing

/// Output that finds no room, or no reader.
@Suite(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
struct StandardStreamTests {
  private static let broken: [StreamEnd] = [.full, .closed, .unread]

  @Test(arguments: broken)
  func aServerOutlivesItsLog(errors: StreamEnd) throws {
    let server = try RunningServer("--without-keys", embeds: false, errors: errors)
    let port = try #require(server.endpoint.split(separator: ":").last)
    for _ in 0..<3 {
      let (answer, isDone) = try server.library.runShell(
        """
        exec 3<>/dev/tcp/127.0.0.1/\(port)
        printf 'GET /nowhere HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3
        cat <&3
        """)
      #expect(isDone && answer.hasPrefix("HTTP/1.1 404"), "\(answer)")
    }
    server.program.kill(SIGTERM)
    #expect(server.program.finish().exitCode == 0)
  }

  @Test(arguments: broken)
  func aComplaintThatNobodyHearsChangesNoExitCode(errors: StreamEnd) throws {
    let library = try TestLibrary(embeds: false)
    let run = try library.start(["status"], errors: errors)
    #expect(run.finish().exitCode == 2)
    try library.done("project", "create", "flowers")
    let other = try library.start(["import", "/nowhere"], errors: errors)
    #expect(other.finish().exitCode == 1)
  }

  @Test(arguments: [
    ["label", "export"], ["label", "export", "--json"], ["image", "list", "--json"], ["status"],
    ["image", "list"], ["--help"], ["--version"], ["manual"],
  ])
  func outputThatIsLostIsAnError(arguments: [String]) throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    try library.done("import", try library.copySample("daisy/daisy-001.jpg", to: "daisy.jpg"))
    for (output, reason) in [(StreamEnd.full, "the disk is full"), (.closed, "it is closed")] {
      let outcome = try library.start(arguments, output: output).finish()
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.standardError == "tagbench: Standard output could not be written: \(reason).\n")
    }
    // As behind `| head`.
    let outcome = try library.start(arguments, output: .unread).finish()
    #expect(outcome.exitCode == nil && outcome.standardError.isEmpty)
  }

  @Test func standardOutputMayBeNamed() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    try library.done("import", try library.copySample("daisy/daisy-001.jpg", to: "daisy.jpg"))
    let table = try library.run("label", "export", "--untagged").standardOutput
    #expect(table.split(separator: "\n").count == 2)
    let (output, isDone) = try library.runShell(
      "\"$TAGBENCH\" label export --untagged /dev/stdout | cat")
    #expect(isDone && output == table)
    let archive = "\(library.folder.path)/archive"
    let (message, isExported) = try library.runShell(
      "set -o pipefail; \"$TAGBENCH\" project export /dev/stdout | cat > '\(archive)'")
    #expect(isExported && message.isEmpty)
    #expect(
      try library.done("project", "import", archive, "--name", "copy")["images"]?.integer == 1)
  }

  @Test func namesFromOthersDoNothingToATerminal() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let name = "da\u{1B}]0;title\u{7}\u{9B}31m\n\u{202E}isy.jpg"
    let file = try library.copySample("daisy/daisy-001.jpg", to: "pictures/\(name)")
    _ = try library.run("import", file)
    #expect(try library.done("image", "list").strings("path") == [file])
    #expect(try library.run("label", "export", "--untagged").standardOutput.contains(name))
    let outcomes = [
      try library.run("image", "list"), try library.run("image", "show", file),
      try library.run("import", "\(file).gone"), try library.run("tag", "create", name),
      try library.run("image", "show", "\(name)?"), try library.run(name),
    ]
    for outcome in outcomes {
      let text = outcome.standardOutput + outcome.standardError
      #expect(text.contains("da\u{241B}]0;title"), "\(text)")
      #expect(
        !text.unicodeScalars.contains {
          $0 != "\n" && $0.properties.generalCategory == .control || $0 == "\u{202E}"
        }, "\(text)")
    }
    // In a table and in a complaint not even the line ends.
    #expect(outcomes[0].standardOutput.split(separator: "\n").count == 2)
    #expect(outcomes[4].standardError.split(separator: "\n").count == 1)
  }
}
