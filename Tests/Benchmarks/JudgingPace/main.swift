// How long judging takes: label quality and confident learning on probabilities that a benchmark wrote,
// and a live head that takes over one changed tag.
//
//   JudgingPace labels FOLDER       FOLDER holds `probabilities.f32` and `task.json`
//   JudgingPace live ROWS DIMENSION TAGS
//   JudgingPace duplicates PICTURES
//   JudgingPace queue FOLDER        FOLDER holds `rows.f32` and `task.json` (`QueueTask`)
//
// Prints JSON with times in seconds. Reading and making of rows are not part of them.

import Evaluation
import Foundation
import Judging
import Matrices

struct LabelTask: Decodable {
  let classCount: Int
  let classes: [Int]
}

func seconds(_ work: () -> Void) -> Double {
  let start = ContinuousClock.now
  work()
  return (ContinuousClock.now - start) / .seconds(1)
}

func report(_ values: [String: [Double]]) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  print(String(decoding: try encoder.encode(values), as: UTF8.self))
}

func judgeLabels(_ folder: URL) throws {
  let task = try JSONDecoder().decode(
    LabelTask.self, from: Data(contentsOf: folder.appendingPathComponent("task.json")))
  let data = try Data(contentsOf: folder.appendingPathComponent("probabilities.f32"))
  let numbers = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  let probabilities = Matrix(
    rowCount: task.classes.count, columnCount: task.classCount, elements: numbers)
  var times: [Double] = []
  var found = 0
  for _ in 0..<5 {
    times.append(
      seconds {
        let quality = labelQuality(
          of: .multiclass(task.classes), probabilities: probabilities)
        let learning = ConfidentLearning(classes: task.classes, probabilities: probabilities)
        found = learning.probableClasses.count { $0 != nil } + (quality.isEmpty ? 1 : 0)
      })
  }
  try report(["seconds": times, "issues": [Double(found)]])
}

/// Rows about means of their classes, of which 16 directions vary most.
func live(rows: Int, dimension: Int, tags: Int) throws {
  var state: UInt64 = 7
  func number() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 23) - 1
  }
  let means = (0..<tags * dimension).map { _ in 0.02 * number() }
  var elements: [Float] = []
  elements.reserveCapacity(rows * dimension)
  for row in 0..<rows {
    for column in 0..<dimension {
      elements.append(means[row % tags * dimension + column] + 0.02 * number())
    }
  }
  let embeddings = Matrix(rowCount: rows, columnCount: dimension, elements: elements)
  var heads = LiveHeads(embeddings: embeddings, groups: Array(0..<rows), classCount: tags)
  let first = seconds {
    heads.apply(
      (0..<rows - 60).map { TargetChange(row: $0, classes: [$0 % tags]) })
  }
  var times: [String: [Double]] = ["first": [first], "fix": [], "tag": [], "reading": []]
  for step in 0..<20 {
    let fix = TargetChange(row: 3 * step, classes: [(3 * step + 1) % tags])
    times["fix"]?.append(seconds { heads.apply([fix]) })
    let tag = TargetChange(row: rows - 1 - step, classes: [(rows - 1 - step) % tags])
    times["tag"]?.append(seconds { heads.apply([tag]) })
    times["reading"]?.append(seconds { _ = heads.reading(isMulticlass: true) })
  }
  try report(times)
}

/// The near-duplicates of one picture after another among pictures with random hashes, of which each tenth
/// is a copy of the one before with four bits turned. Embeddings are as long as those of compact projects.
func findDuplicates(pictures: Int) throws {
  var state: UInt64 = 11
  func lot() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
  var hashes: [UInt64] = []
  for number in 0..<pictures {
    let isCopy = number % 10 == 9
    hashes.append(
      isCopy ? (0..<4).reduce(hashes[number - 1]) { hash, _ in hash ^ 1 << (lot() >> 58) } : lot())
  }
  let mirrored = hashes.map { _ in lot() }
  let embedding = (0..<2_864).map { _ in Float(lot() >> 40) / Float(1 << 24) }
  var index = NearDuplicateIndex(perceptualHashes: [])
  let making = seconds {
    index = NearDuplicateIndex(perceptualHashes: hashes, mirroredHashes: mirrored)
  }
  var times: [Double] = []
  var found = 0
  for picture in stride(from: 9, to: pictures, by: max(10, pictures / 200 / 10 * 10)) {
    times.append(
      seconds {
        let near = index.nearDuplicates(of: picture) { _, _ in
          cosine(embedding[...], embedding[...])
        }
        found += near.contains(picture - 1) ? 1 : 0
      })
  }
  try report(["making": [making], "finding": times, "found": [Double(found)]])
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("queue", 2): try playQueue(URL(fileURLWithPath: arguments[1]))
case ("duplicates", 2): try findDuplicates(pictures: Int(arguments[1]) ?? 100_000)
case ("labels", 2): try judgeLabels(URL(fileURLWithPath: arguments[1]))
case ("live", 4):
  let shape = arguments.dropFirst().compactMap(Int.init)
  guard shape.count == 3 else { fallthrough }
  try live(rows: shape[0], dimension: shape[1], tags: shape[2])
default:
  print(
    "usage: JudgingPace labels FOLDER | live ROWS DIMENSION TAGS | duplicates PICTURES | queue FOLDER"
  )
  exit(2)
}
