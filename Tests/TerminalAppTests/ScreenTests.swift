import Dataset
import Foundation
import ProjectLibrary
import TerminalGrid
import Testing
import Thumbnails
import Workbench
import WorkbenchTesting

@testable import TerminalApp

/// Pictures, sizes, and how the workbench ends.
@ScreenActor
@Suite(.timeLimit(.minutes(30)))
struct ScreenTests {
  @Test func aPictureIsAskedForOnceTheCursorRests() async throws {
    let workshop = try await Workshop(pictures: 5)
    workshop.type("jjj")
    await workshop.settle()
    #expect(workshop.state.preview?.status == .loading)
    #expect(workshop.controller.pictures.cellCount == 0)
    await workshop.rest()
    #expect(workshop.state.preview?.status == .ready)
    #expect(workshop.state.preview?.content == workshop.state.images.rows[3].content)
    let cells = workshop.controller.pictures.cellCount
    #expect(cells > 0)
    // One picture was drawn, not the three that were passed by; and it is kept.
    workshop.type("kj")
    #expect(workshop.state.preview?.status == .ready)
    #expect(workshop.controller.pictures.cellCount == cells)
  }

  @Test func aLostOriginalIsSaidInThePreview() async throws {
    let workshop = try await Workshop(pictures: 1)
    try workshop.loseFiles()
    await workshop.rest()
    #expect(workshop.text.contains("originalMissing"))
  }

  @Test func anotherSizeIsDrawnAlsoWhenNobodyTellsIt() async throws {
    let workshop = try await Workshop(pictures: 2)
    workshop.screen.resize(to: Size(width: 70, height: 18))
    workshop.controller.turn()
    #expect(workshop.screen.shown?.size == Size(width: 70, height: 18))
    #expect(workshop.state.viewport.columns == 70)
  }

  @Test func nothingIsDrawnWhereNothingHappened() async throws {
    let workshop = try await Workshop(pictures: 2)
    await workshop.rest()
    let drawn = workshop.screen.drawCount
    for _ in 0..<3 { await workshop.passSecond() }
    #expect(workshop.screen.drawCount == drawn)
  }

  @Test func manyKeysAreDrawnOnce() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 9)
    let drawn = workshop.screen.drawCount
    workshop.type("jjjkkjj")
    #expect(workshop.screen.drawCount == drawn + 1)
  }

  @Test func controlZStopsTheProcess() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 1)
    workshop.press(KeyPress("z", .control))
    #expect(workshop.stopCount == 1)
    await workshop.run("n")
    workshop.press(KeyPress("z", .control))
    #expect(workshop.stopCount == 2)
  }

  @Test func leavingWaitsForChanges() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 6)
    workshop.type("11111q1")
    #expect(!workshop.controller.hasLeft)
    await workshop.settle(until: { $0.hasLeft })
    #expect(try workshop.labels().values.count { !$0.isEmpty } == 5)
  }

  @Test func leavingIsGivenUpWhenAChangeCannotBeSaved() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 2)
    try workshop.breakWriting()
    await workshop.run("1q")
    #expect(workshop.controller.leaving == nil)
    #expect(workshop.text.contains("Not saved, taken back"))
    await workshop.run("q")
    #expect(workshop.controller.hasLeft)
  }

  @Test func aSignalEndsJobsAndSavesChanges() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 6)
    workshop.type("111i\(workshop.photos.path)⏎n")
    workshop.controller.mailbox.post(.terminated(signal: 15))
    await workshop.settle(until: { $0.hasLeft })
    #expect(workshop.controller.leaving == .forced(signal: 15))
    #expect(try workshop.labels().values.count { !$0.isEmpty } == 3)
  }

  @Test(arguments: [Input.key(KeyPress("q")), .hangUp])
  func runEnds(by input: Input) async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 2)
    workshop.screen.type(.key(KeyPress("1")), input)
    #expect(await workshop.controller.run() == nil)
    #expect(try workshop.labels().values.count { !$0.isEmpty } == 1)
  }

  @Test func anUnreadableLibraryIsSaidOnce() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 2)
    await workshop.rest()
    try workshop.breakReading()
    await workshop.passSecond()
    #expect(workshop.text.contains("error"))
    let drawn = workshop.screen.drawCount
    await workshop.passSecond()
    #expect(workshop.screen.drawCount == drawn)
    try workshop.mendReading()
    await workshop.passSecond()
    await workshop.run("1")
    #expect(try workshop.labels().values.count { !$0.isEmpty } == 1)
  }
}
