import Foundation
import Testing
import WorkbenchTesting

/// The program is killed a hundred times while it works on one library, which must not show.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct CrashTests {
  @Test(arguments: [2028 as UInt64])
  func aKilledProcessLosesNothingThatItAcknowledged(seed: UInt64) throws {
    let scene = try CrashScene(seed: seed)
    var left: [CrashScene.Work: Int] = [.importing: 40, .tagging: 40, .training: 20]
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
      try #require(round < 400, "hardly any process was caught at work")
    }
  }
}
