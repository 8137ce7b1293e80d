import Testing
import WorkbenchTesting

@testable import Workbench

@Suite struct CommandTableTests {
  @Test func namesKeysAndCommandsAreUnique() {
    for pane in [nil] + Pane.allCases.map(Optional.some) {
      let keys = commandTable.filter { $0.keyPane == pane }.flatMap(\.keys)
      #expect(Set(keys).count == keys.count)
    }
    #expect(Set(commandTable.map(\.name)).count == commandTable.count)
    #expect(Set(commandTable.map(\.command)).count == commandTable.count)
  }

  @Test func everyCommandHasAKeyAndAHelp() {
    for entry in commandTable {
      #expect(!entry.keys.isEmpty && !entry.help.isEmpty && !entry.name.isEmpty)
      #expect(entry.help.last != ".")
    }
  }

  @Test func groupsStandTogether() {
    let groups = commandTable.map(\.group)
    let runs = groups.enumerated().filter { $0 == 0 || groups[$0 - 1] != $1 }.map(\.1)
    #expect(runs == CommandEntry.Group.allCases)
  }

  @Test func aKeyThatAPersonGivesIsTakenFromOtherCommands() throws {
    let state = State(
      project: SampleProject.project(), viewport: .small,
      preferences: Preferences(keys: [.toggleMark: ["m", "Space"], .clearTags: ["D"]]))
    let shown = commandTable.flatMap { entry in
      state.keys(of: entry).map { (key: $0, pane: entry.keyPane, command: entry.command) }
    }
    // What is shown of each command is what its keys do.
    for pane in Pane.allCases {
      var state = state
      state.focus = pane
      for line in shown where line.pane == pane || line.pane == nil {
        let isMeantOtherwise = shown.contains {
          $0.key == line.key && $0.pane == pane && line.pane == nil
        }
        #expect(isMeantOtherwise || state.command(ofKey: line.key) == line.command)
      }
    }
    #expect(state.keys(of: try #require(Command.showNeighbours.entry)) == [])
    #expect(state.keys(of: try #require(Command.deleteTag.entry)) == ["Delete"])
    #expect(state.keys(of: try #require(Command.removeImages.entry)) == ["Delete"])
  }

  @Test func keysOfAPaneMeanSomethingElseElsewhere() {
    var state = WorkbenchSession.flowers().state
    #expect(state.command(ofKey: "R") == .renameProject)
    #expect(state.command(ofKey: "D") == .removeImages)
    state.focus = .tags
    #expect(state.command(ofKey: "R") == .renameTag)
    #expect(state.command(ofKey: "D") == .deleteTag)
    #expect(state.command(ofKey: "j") == .moveDown)
  }

  /// What the table says is disabled changes nothing but the notice.
  @Test(arguments: commandTable.map(\.command))
  func disabledCommandsOnlySayWhy(_ command: Command) {
    for imageCount in [0, 9, 60] {
      for pane in Pane.allCases {
        var state = WorkbenchSession.flowers(imageCount: imageCount).state
        state.focus = pane
        guard let obstacle = state.obstacle(to: command) else { continue }
        claim(&state, .command(command)) { $0.notice = .commandDisabled(obstacle) }
      }
    }
  }
}
