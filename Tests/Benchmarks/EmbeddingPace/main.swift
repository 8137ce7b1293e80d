// How many pictures a second the compiled network embeds when their pixels lie ready: what an import
// with embeddings is measured against. Prints one number.
//
//   EmbeddingPace RECIPE COUNT
//
// The runtime is the one that set-up made for this user.

import Dispatch
import Embeddings
import Foundation
import Imaging
import OpenVINOEmbedder
import Setup
import Synchronization

let arguments = CommandLine.arguments
let recipes = [EmbeddingRecipe.compact, .general]
guard arguments.count == 3, let count = Int(arguments[2]), count > 0,
  let recipe = recipes.first(where: { $0.name == arguments[1] })
else {
  print("usage: EmbeddingPace compact|general COUNT")
  exit(2)
}

let location = RuntimeLocation(
  environment: ProcessInfo.processInfo.environment,
  home: URL(fileURLWithPath: NSHomeDirectory()))
let setup = RuntimeSetup(plan: try SetupPlan.standard(), location: location, digest: sha256)
let embedder = OpenVINOEmbedder(
  recipe: recipe, graph: setup.layout.graph(ofRecipe: recipe.name).path,
  library: setup.layout.library.path, cacheFolder: location.compiledGraphs.path)

let side = 300
let picture = PixelImage(
  width: side, height: side,
  pixels: (0..<side * side * 3).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
let pixels = recipe.pixels(of: picture)
// Loads and compiles.
_ = try embedder.embed(pixels)

let left = Mutex(count)
let start = ContinuousClock.now
DispatchQueue.concurrentPerform(iterations: embedder.preferredConcurrency) { _ in
  while left.withLock({ left in
    left -= 1
    return left >= 0
  }) {
    do { _ = try embedder.embed(pixels) } catch { fatalError("\(error)") }
  }
}
let seconds = (ContinuousClock.now - start) / .seconds(1)
print(Double(count) / seconds)
