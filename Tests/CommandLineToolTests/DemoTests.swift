import Foundation
import Testing

/// The demo from nothing: set-up, import, training and figures in one run of the program.
@Suite(.enabled(if: TestProgram.canSetUp, "needs tagbench beside the tests, and kept downloads"))
struct DemoTests {
  @Test func oneRunSetsUpAndTrains() throws {
    let library = try TestLibrary(embeds: false)
    let first = try library.run("demo", "--json")
    #expect(first.exitCode == 0, "\(first.standardError)")
    let accuracy = try #require(try first.document()["overall"]?["accuracy"]?.number)
    #expect((0.85...0.97).contains(accuracy))
    // Everything is there, and is not made again.
    #expect(try library.run("demo", "--json").standardOutput == first.standardOutput)
    #expect(try library.done("doctor")["healthy"] == .bool(true))
  }
}
