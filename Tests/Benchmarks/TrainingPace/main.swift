// How long the product's own `train` takes on rows that a benchmark wrote.
//
//   TrainingPace FOLDER
//
// FOLDER holds `rows.f16` (16-bit floats, as a library keeps embeddings) and `task.json`. Written beside
// them: `result.json`, and `weights.f32` with one row for each class, its bias last. Reading and
// converting rows is not part of the time.

import Embeddings
import Evaluation
import Foundation
import Learning
import Matrices

struct TrainingTask: Decodable {
  let dimension: Int
  let classCount: Int
  let classes: [Int]
}

struct TrainingAnswer: Encodable {
  let seconds: Double
  let folds: [Int?]
  /// One list for each row.
  let outOfFold: [[Float]]
}

guard CommandLine.arguments.count == 2 else {
  print("usage: TrainingPace FOLDER")
  exit(2)
}
let folder = URL(fileURLWithPath: CommandLine.arguments[1])
let task = try JSONDecoder().decode(
  TrainingTask.self, from: Data(contentsOf: folder.appendingPathComponent("task.json")))
let halves = [UInt8](try Data(contentsOf: folder.appendingPathComponent("rows.f16")))
guard let numbers = HalfPrecision.numbers(of: halves) else {
  fatalError("rows.f16 has \(halves.count) bytes")
}
let rowCount = task.classes.count
let examples = TrainingExamples(
  embeddings: Matrix(rowCount: rowCount, columnCount: task.dimension, elements: numbers),
  targets: .multiclass(task.classes), classCount: task.classCount, groups: Array(0..<rowCount))
let settings = TrainingSettings(foldCount: TrainingSettings.foldCount(forRows: rowCount))

let start = ContinuousClock.now
let trained = try train(examples, settings: settings) { _ in }
let seconds = (ContinuousClock.now - start) / .seconds(1)

guard case .linear(let head) = trained.head.kind else { fatalError("not a linear head") }
let probabilities = trained.outOfFold.probabilities
let answer = TrainingAnswer(
  seconds: seconds, folds: trained.folds,
  outOfFold: (0..<rowCount).map { Array(probabilities.row($0)) })
try JSONEncoder().encode(answer).write(to: folder.appendingPathComponent("result.json"))
let weights = (0..<head.classCount).flatMap { Array(head.weights.row($0)) + [head.bias[$0]] }
try weights.withUnsafeBytes { Data($0) }.write(to: folder.appendingPathComponent("weights.f32"))
