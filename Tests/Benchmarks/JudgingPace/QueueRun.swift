import Evaluation
import Foundation
import Judging
import Learning
import Matrices

/// What a person does in the queue, with the truth for an answer: the picture that comes next is tagged,
/// one after another.
struct QueueTask: Decodable {
  let dimension: Int
  let classCount: Int
  /// The true classes of the pictures that can be tagged, the first rows of `rows.f32`.
  let classes: [Int]
  /// Those of pictures that are only predicted, the rows after these.
  let testedClasses: [Int]
  /// The pictures that are tagged at the beginning.
  let started: [Int]
  let stepCount: Int
  /// Pictures are tagged in this order; `nil` for that of the queue.
  let order: [Int]?
}

/// Before each step: what is said of the picture that comes next, and of the tested ones.
struct QueueAnswer: Encodable {
  /// The next picture; one step less than the others where everything is tagged.
  var rows: [Int] = []
  /// Whether the live head's first tag of it is right, its first three hold the right one, and the first
  /// tag of a head that is trained on what is tagged is right.
  var firstIsRight: [Bool] = []
  var isAmongThree: [Bool] = []
  var trainedIsRight: [Bool] = []
  /// How many tested pictures the trained head is right about.
  var testedRightCounts: [Int] = []
}

/// Plays the queue through: with the live head as the product uses it, and with the product's own training
/// on the same tags.
func playQueue(_ folder: URL) throws {
  let task = try JSONDecoder().decode(
    QueueTask.self, from: Data(contentsOf: folder.appendingPathComponent("task.json")))
  let data = try Data(contentsOf: folder.appendingPathComponent("rows.f32"))
  let numbers = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  let all = Matrix(
    rowCount: task.classes.count + task.testedClasses.count, columnCount: task.dimension,
    elements: numbers)
  let pool = all.selectingRows(Array(task.classes.indices))
  let tested = all.selectingRows(Array(task.classes.count..<all.rowCount))
  var heads = LiveHeads(
    embeddings: pool, groups: Array(task.classes.indices), classCount: task.classCount)
  var tagged = task.started
  heads.apply(tagged.map { TargetChange(row: $0, classes: [task.classes[$0]]) })
  var answer = QueueAnswer()
  for step in 0...task.stepCount {
    let head = try train(
      TrainingExamples(
        embeddings: pool.selectingRows(tagged),
        targets: .multiclass(tagged.map { task.classes[$0] }), classCount: task.classCount,
        groups: Array(tagged.indices)),
      settings: TrainingSettings(foldCount: 2)
    ) { _ in }.head
    if tested.rowCount > 0 {
      let probabilities = head.probabilities(for: tested)
      answer.testedRightCounts.append(
        task.testedClasses.enumerated().count { ranking(probabilities.row($0))[0] == $1 })
    }
    if step == task.stepCount || tagged.count == task.classes.count { break }
    let reading = heads.reading(isMulticlass: true)
    guard
      let next = task.order?[step] ?? heads.judging.teachingOrder(reading, count: 1).first?.row
    else { break }
    let truth = task.classes[next]
    let live = ranking(reading.probabilities.row(next))
    let trained = ranking(head.probabilities(for: pool.selectingRows([next])).row(0))
    answer.rows.append(next)
    answer.firstIsRight.append(live[0] == truth)
    answer.isAmongThree.append(live.prefix(3).contains(truth))
    answer.trainedIsRight.append(trained[0] == truth)
    tagged.append(next)
    heads.apply([TargetChange(row: next, classes: [truth])])
  }
  print(String(decoding: try JSONEncoder().encode(answer), as: UTF8.self))
}

/// Class indices, the most probable first.
private func ranking(_ probabilities: ArraySlice<Float>) -> [Int] {
  let numbers = Array(probabilities)
  return numbers.indices.sorted {
    numbers[$0] == numbers[$1] ? $0 < $1 : numbers[$0] > numbers[$1]
  }
}
