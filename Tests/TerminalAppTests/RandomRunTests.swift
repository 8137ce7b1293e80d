import Dataset
import Foundation
import ProjectLibrary
import TerminalGrid
import Testing
import Workbench
import WorkbenchTesting

@testable import TerminalApp

/// Random keys, pastes, resizes, mouse and jobs on a real library: nothing traps, and in the end the
/// screen shows what is on the disk.
///
/// `TAGBENCH_KEYS` says how many inputs, 1,200 if it is unset; `make keys` takes 100,000.
@ScreenActor
@Suite(.timeLimit(.minutes(60)))
struct RandomRunTests {
  private static let inputCount =
    ProcessInfo.processInfo.environment["TAGBENCH_KEYS"].flatMap(Int.init) ?? 1_200

  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func whateverIsTypedIsSurvived(type: ClassificationType) async throws {
    let workshop = try await Workshop(
      tags: ["daisy", "dahlia", "雛菊"], pictures: 24, type: type, size: Size(width: 120, height: 36))
    var random = SplitMix64(seed: type == .multiclass ? 4 : 5)
    for step in 1...Self.inputCount / 2 {
      if Int.random(in: 0..<40, using: &random) == 0 {
        workshop.screen.resize(
          to: Size(
            width: Int.random(in: 50...200, using: &random),
            height: Int.random(in: 10...60, using: &random)))
      } else {
        workshop.screen.type(input(workshop, using: &random))
      }
      workshop.controller.turn()
      // A person now and then waits.
      if Int.random(in: 0..<12, using: &random) == 0 { await workshop.settle() }
      let broken = workshop.state.brokenInvariants()
      guard broken.isEmpty else {
        Issue.record("input \(step): \(broken)")
        return
      }
    }
    for _ in 0..<12 { workshop.press(KeyPress(.escape)) }
    await workshop.settle()
    await workshop.run("g")
    #expect(workshop.state.pendingChanges.isEmpty)
    let stored = try workshop.labels()
    #expect(!workshop.shownLabels.isEmpty || stored.isEmpty)
    for (image, tags) in workshop.shownLabels { #expect(stored[image] == tags) }
    let report = try await workshop.library.check { _, _ in }
    #expect(report.isSound)
  }

  /// Everything but leaving, and but going to another project.
  private func input(_ workshop: Workshop, using random: inout SplitMix64) -> Input {
    let keys: [Key] = [
      .tab, .enter, .escape, .backspace, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end,
      .escape, .escape,
    ]
    let characters = Array("jkhlgG 12390xunT?y/vz*.tswWNaAmdKbrDFS-:<>+pc[]")
    let size = workshop.screen.size
    switch Int.random(in: 0..<40, using: &random) {
    case 0:
      return .paste(["雛菊", "tag:daisy", "/no/such/path", "1T"].randomElement(using: &random) ?? "")
    case 1...3:
      let actions: [MouseEvent.Action] = [
        .press(.left), .drag(.left), .release(.left), .wheelUp, .wheelDown,
      ]
      return .mouse(
        MouseEvent(
          actions.randomElement(using: &random) ?? .wheelUp,
          at: Position(
            column: Int.random(in: 0..<max(1, size.width), using: &random),
            row: Int.random(in: 0..<max(1, size.height), using: &random))))
    case 4...13: return .key(KeyPress(keys.randomElement(using: &random) ?? .tab))
    default: return .key(KeyPress(characters.randomElement(using: &random) ?? "j"))
    }
  }
}
