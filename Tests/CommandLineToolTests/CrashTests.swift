import Foundation
import Testing
import WorkbenchTesting

/// The program is killed a hundred times while two processes work on one library, which must not show;
/// `make crashes` does it more often.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct CrashTests {
  @Test(arguments: [2028 as UInt64])
  func aKilledProcessLosesNothingThatItAcknowledged(seed: UInt64) throws {
    let scene = try CrashScene(seed: seed)
    let count = Int(ProcessInfo.processInfo.environment["TAGBENCH_CRASHES"] ?? "") ?? 100
    var left: [CrashScene.Work: Int] = [
      .importing: count * 2 / 5, .tagging: count * 2 / 5, .training: count / 5,
    ]
    var round = 0
    // A process that ends before its time was not killed, and its round does not count.
    while let work = scene.choose(from: left) {
      round += 1
      let trial = try scene.kill(at: work)
      left[work, default: 0] -= trial.killCount > 0 ? 1 : 0
      if left[work] == 0 { left[work] = nil }
      let context: Comment = "seed \(seed), round \(round): \(trial)"
      try #require(trial.faults == [], context)
      let faults = try scene.faults()
      try #require(faults == [], context)
      try #require(round < 4 * count, "hardly any process was caught at work")
    }
  }
}
