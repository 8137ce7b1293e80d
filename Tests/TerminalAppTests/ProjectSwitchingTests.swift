import Dataset
import Foundation
import ProjectLibrary
import TerminalGrid
import Testing
import Thumbnails
import Workbench
import WorkbenchTesting

@testable import TerminalApp

/// Projects from inside, the contact sheet's pictures, and the completion of paths.
@ScreenActor
@Suite(.timeLimit(.minutes(30)))
struct ProjectSwitchingTests {
  @Test func anotherProjectIsMadeOpenedAndLeft() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 3)
    await workshop.run("P")
    #expect(workshop.text.contains("3 images, 1 tag"))
    await workshop.run("beetles⏎")
    await workshop.run("y")
    #expect(workshop.state.project.name == "beetles")
    #expect(workshop.state.images.matchCount == 0)
    #expect(workshop.state.tags.counts.isEmpty)
    // What is made now belongs to it, and not to the project before.
    await workshop.run("nstag⏎")
    #expect(workshop.state.tags.counts.map(\.tag.name) == ["stag"])
    await workshop.run("P")
    await workshop.run("flowers⏎")
    #expect(workshop.state.tags.counts.map(\.tag.name) == ["daisy"])
    #expect(workshop.state.images.matchCount == 3)
  }

  @Test func renamingAndDeletingSayWhatTheyDo() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 2)
    await workshop.run("R")
    await workshop.run(" of spring⏎")
    #expect(workshop.state.project.name == "flowers of spring")
    await workshop.run("X")
    #expect(workshop.text.contains("2 images, 1 tag"))
    await workshop.run("n")
    #expect(try workshop.library.projects().count == 1)
    await workshop.run("X")
    await workshop.run("y")
    #expect(try workshop.library.projects().map(\.name) == ["my pictures"])
    #expect(workshop.state.project.name == "my pictures")
    #expect(
      workshop.state.notice
        == .projectDeleted(name: "flowers of spring", next: "my pictures", isNew: true))
    let restored = try workshop.library.restoreProject(named: "flowers of spring")
    #expect(try workshop.library.imageCount(of: restored.id) == 2)
  }

  @Test func projectThatIsDeletedElsewhereIsSaidToBeGoneAndLeftAlone() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 2)
    let other = try Workshop.open(workshop.folder, actor: "eve")
    try other.delete(workshop.project)
    // Also before it has been noticed nothing is written.
    await workshop.run("1")
    #expect(try workshop.labels().values.allSatisfy(\.isEmpty))
    await workshop.passSecond()
    #expect(workshop.text.contains("was deleted elsewhere"))
    await workshop.run("1")
    #expect(workshop.state.notice == .commandDisabled(.projectGone))
    await workshop.run("P")
    workshop.press(KeyPress(.escape))
    _ = try other.restoreProject(named: "flowers")
    await workshop.passSecond()
    await workshop.run("1")
    #expect(try workshop.labels().values.contains { !$0.isEmpty })
  }

  @Test func tagsAreRenamedMergedAndDeletedAndBroughtBack() async throws {
    let workshop = try await Workshop(tags: ["daisy", "rose"], pictures: 3)
    await workshop.run("112")
    workshop.press(KeyPress(.tab))
    workshop.press(KeyPress(.tab))
    await workshop.run("jj")
    await workshop.run("R of May⏎")
    #expect(workshop.state.tags.counts.map(\.tag.name) == ["daisy of May", "rose"])
    await workshop.run("D")
    #expect(workshop.text.contains("off 2 images"))
    await workshop.run("y")
    #expect(workshop.state.tags.counts.map(\.tag.name) == ["rose"])
    await workshop.run("u")
    #expect(workshop.state.tags.counts.map(\.imageCount) == [2, 1])
    await workshop.run("jjMrose⏎")
    #expect(workshop.state.tags.counts.map(\.imageCount) == [3])
    // What the library refuses stays to be corrected.
    _ = try Workshop.open(workshop.folder, actor: "eve").createTag(
      "lily", in: workshop.project.id)
    await workshop.run("nlily⏎")
    #expect(workshop.text.contains("error "))
    await workshop.run("D⏎")
    #expect(workshop.state.tags.counts.map(\.tag.name).contains("lilyD"))
    #expect(try workshop.library.imageCount(of: workshop.project.id) == 3)
  }

  @Test func aContactSheetGetsAllItsPictures() async throws {
    let workshop = try await Workshop(pictures: 9)
    await workshop.run("z")
    let before = workshop.controller.pictures.cellCount
    #expect(before > 0)
    // What is there is not made again.
    await workshop.run("z")
    await workshop.run("z")
    #expect(workshop.controller.pictures.cellCount == before)
  }

  @Test func picturesThatHaveLeftTheScreenAreForgotten() {
    func key(_ number: Int) -> TileQueue.Key {
      TileQueue.Key(
        content: SampleProject.content(number), limit: Size(width: 4, height: 4),
        renderer: ThumbnailRenderer(style: .ascii, colorLevel: .monochrome))
    }
    var queue = TileQueue(limit: 2)
    queue.want((0..<9).map(key))
    #expect(queue.next() == key(0))
    #expect(queue.next() == key(1))
    #expect(queue.next() == nil)
    queue.want([key(1), key(20), key(21)])
    queue.finish(key(0), isFailed: false)
    #expect(queue.next() == key(20))
    queue.finish(key(1), isFailed: true)
    queue.want([key(1), key(21)])
    #expect(queue.next() == key(21))
    queue.finish(key(20), isFailed: false)
    queue.finish(key(21), isFailed: false)
    // What cannot be made is not tried for ever.
    #expect(queue.next() == nil && !queue.isBusy)
  }

  @Test func pathsAreCompletedAsFarAsThereIsNoChoice() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-paths-\(UUID().uuidString)")
    for name in ["my photos/2024", "my photos/2025", "music", ".hidden"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(at: folder) }  // Left over, it harms nothing.
    let path = folder.path
    #expect(completedPaths("\(path)/m") == ("\(path)/m", ["music/", "my photos/"]))
    #expect(completedPaths("x \(path)/my") == ("x '\(path)/my photos/'", []))
    #expect(completedPaths("'\(path)/my photos/'").line == "'\(path)/my photos/202'")
    #expect(completedPaths("\(path)/.h") == ("\(path)/.hidden/", []))
    #expect(completedPaths("\(path)/none") == ("\(path)/none", []))
    #expect(completedPaths("") == ("", []))
    #expect(completedPaths("\(path)/m ") == ("\(path)/m ", []))
  }
}
