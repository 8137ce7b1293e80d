import Testing
import WorkbenchTesting

@testable import Workbench

@Suite struct CommandTableTests {
  @Test func namesKeysAndCommandsAreUnique() {
    let keys = commandTable.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
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
