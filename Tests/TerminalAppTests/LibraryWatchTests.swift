import Dataset
import Foundation
import ProjectLibrary
import TerminalGrid
import Testing
import Workbench

@testable import TerminalApp

@ScreenActor
@Suite(.timeLimit(.minutes(30)))
struct LibraryWatchTests {
  @Test func asksTwiceAfterAChangeAndThenRests() async throws {
    let workshop = try await Workshop(tags: ["daisy"])
    let other = try Workshop.open(workshop.folder, actor: "bob")
    var watch = LibraryWatch()
    let library = workshop.library
    #expect((0..<4).map { _ in watch.isDue(library.stamp()) } == [true, true, false, false])
    try other.createTag("dahlia", in: workshop.state.project.id)
    #expect((0..<3).map { _ in watch.isDue(library.stamp()) } == [true, true, false])
  }

  @Test func asksNowAndThenAnyway() async throws {
    let workshop = try await Workshop(tags: ["daisy"])
    var watch = LibraryWatch()
    let answers = (0..<20).map { _ in watch.isDue(workshop.library.stamp()) }
    #expect(answers.count { $0 } == 4)
  }

  @Test func asksAsLongAsAJobRuns() async throws {
    let workshop = try await Workshop(tags: ["daisy"])
    var watch = LibraryWatch()
    let folder = workshop.folder.appendingPathComponent("library/locks/jobs")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data().write(to: folder.appendingPathComponent("a-job"))
    #expect((0..<6).allSatisfy { _ in watch.isDue(workshop.library.stamp()) })
  }
}
