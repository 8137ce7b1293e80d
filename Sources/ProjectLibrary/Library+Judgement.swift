public import Dataset
import Embeddings
import Learning
import Matrices
import ProjectStore
import Synchronization

extension Library {
  /// What the iteration in use predicts of an image of the library, from the embedding that is kept;
  /// `nil` without an iteration or an embedding. Nothing is embedded for it, so it is quick.
  ///
  /// - Throws: `LearningError` when the iteration cannot be read.
  public func judgement(of image: ImageID, in project: ProjectID) throws -> Judgement? {
    guard
      let (content, iteration, present) = try store.read({
        snapshot -> (ContentHash, IterationID, Set<TagID>)? in
        guard let found = try snapshot.image(image),
          let iteration = try snapshot.currentIterationID(of: project)
        else { return nil }
        return (found.content, iteration, try snapshot.presentClasses(of: iteration))
      })
    else { return nil }
    let judge = try judges.judge(for: iteration) {
      try store.read { snapshot in
        let (bytes, recipe) = try snapshot.head(of: iteration)
        return Judge(
          tags: try snapshot.classes(of: iteration).map(\.id), recipe: recipe,
          head: try TrainedHead(decoding: bytes))
      }
    }
    guard let halves = try cache.embedding(of: content, recipe: judge.recipe) else { return nil }
    return judge.judgement(halves, among: present)
  }
}

/// An iteration's head without what makes embeddings.
struct Judge: Sendable {
  let tags: [TagID]
  let recipe: String
  let head: TrainedHead

  /// What it thinks of a picture, from its embedding as it is kept, about tags that are present; `nil`
  /// when the embedding is damaged.
  func judgement(_ halves: [UInt8], among present: Set<TagID>) -> Judgement? {
    guard let numbers = HalfPrecision.numbers(of: halves) else { return nil }
    let embedding = Matrix(rowCount: 1, columnCount: numbers.count, elements: numbers)
    let probabilities = head.probabilities(for: embedding).elements
    guard probabilities.count == tags.count else { return nil }
    return Judgement(
      zip(tags, probabilities).map { Judgement.Entry($0, $1) }.filter { present.contains($0.tag) },
      isOutOfFold: false)
  }
}

/// Keeps the head that was asked last: reading one takes longer than using it.
final class JudgeCache: Sendable {
  private let kept = Mutex<(iteration: IterationID, judge: Judge)?>(nil)

  func judge(for iteration: IterationID, read: () throws -> Judge) rethrows -> Judge {
    if let judge = kept.withLock({ $0?.iteration == iteration ? $0?.judge : nil }) {
      return judge
    }
    let judge = try read()
    kept.withLock { $0 = (iteration, judge) }
    return judge
  }
}
