import Foundation
import Testing

@testable import Setup

@Suite struct RuntimeLocationTests {
  private let home = URL(fileURLWithPath: "/home/ada")

  @Test func defaultsLieInTheHomeFolder() {
    let location = RuntimeLocation(environment: [:], home: home)
    #expect(location.base.path == "/home/ada/.local/share/tagbench/runtime")
    #expect(location.downloads.path == "/home/ada/.cache/tagbench/downloads")
    #expect(location.compiledGraphs.path == "/home/ada/.cache/tagbench/compiled-graphs")
  }

  @Test func environmentIsFollowed() {
    let location = RuntimeLocation(
      environment: [
        "XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "relative", "TAGBENCH_RUNTIME": "",
      ], home: home)
    #expect(location.base.path == "/data/tagbench/runtime")
    #expect(location.downloads.path == "/home/ada/.cache/tagbench/downloads")
    let chosen = RuntimeLocation(
      environment: ["XDG_DATA_HOME": "/data", "TAGBENCH_RUNTIME": "/opt/runtime"], home: home)
    #expect(
      chosen.layout(version: "v1").graph(ofRecipe: "compact").path
        == "/opt/runtime/v1/graphs/compact.onnx")
  }

  @Test func pinnedProofsFitTheRecipes() throws {
    #expect(SetupProof.all.map(\.recipe) == ["compact", "general"])
    #expect(SetupProof.all.map(\.embedding.count) == [2864, 5752])
    #expect(SetupProof.all.flatMap(\.embedding).allSatisfy { $0.isFinite })
    #expect(SetupProof.all[0].picture.pixels.count == 360 * 270 * 3)
  }
}
