public import Dataset
import Embeddings
import Learning
import Matrices
import ProjectStore

/// A tag with its probability, 0…1.
public struct TagPrediction: Hashable, Sendable {
  public let tag: Tag
  public let probability: Float

  /// Highest probability first; equals in the order of the tags.
  static func ranked(_ tags: [Tag], _ probabilities: some Sequence<Float>) -> [TagPrediction] {
    zip(tags, probabilities).map(TagPrediction.init).enumerated().sorted { left, right in
      let pair = (left.element.probability, right.element.probability)
      return pair.0 == pair.1 ? left.offset < right.offset : pair.0 > pair.1
    }.map(\.element)
  }
}

/// What became of one file that was asked about.
public struct FilePrediction: Equatable, Sendable {
  public let path: String
  /// Highest probability first, or why the file could not be read.
  public let result: Result<[TagPrediction], Refusal>
}

/// An iteration's head, ready to judge pictures.
public struct Classifier: Sendable {
  public let iteration: Iteration
  /// The tags in the order of the head's outputs.
  public let tags: [Tag]
  let head: TrainedHead
  let embedder: any Embedder

  /// Probabilities of one picture, in the order of `tags`, from its embedding as it is kept: the
  /// head was fitted on numbers rounded so.
  func probabilities(_ halves: [UInt8]) -> [Float] {
    let numbers = HalfPrecision.numbers(of: halves) ?? []
    precondition(
      numbers.count == embedder.recipe.dimension,
      "an embedding of \(numbers.count) numbers for \(embedder.recipe)")
    let embedding = Matrix(rowCount: 1, columnCount: numbers.count, elements: numbers)
    return head.probabilities(for: embedding).elements
  }
}

extension Library {
  /// Reads an iteration's head and what makes the embeddings that it judges.
  ///
  /// - Throws: `.recipeUnknown`, `LearningError`.
  public func classifier(_ iteration: Iteration) throws -> Classifier {
    let (tags, head) = try store.read {
      (try $0.classes(of: iteration.id), try $0.head(of: iteration.id))
    }
    let embedder = try embedder(for: iteration.domain)
    guard embedder.recipe.suitsHead(fittedOn: head.recipe) else {
      throw LibraryError.recipeUnknown(iteration: iteration.number, recipe: head.recipe)
    }
    return Classifier(
      iteration: iteration, tags: tags, head: try TrainedHead(decoding: head.bytes),
      embedder: embedder)
  }

  /// Predicts the tags of one picture, highest probability first; nothing of it is kept.
  ///
  /// Computes on this thread.
  ///
  /// - Throws: `Refusal`; `PictureOutOfBounds`; what keeps the backbone from running at all.
  public func predict(
    _ bytes: [UInt8], with classifier: Classifier, within bounds: PictureBounds
  ) throws -> [TagPrediction] {
    try predictor.judge(bytes, with: classifier, in: self, within: bounds).ranked(
      classifier.tags)
  }

  /// Predicts the tags of files, in their order. Each file that cannot be read costs only itself.
  ///
  /// - Parameters:
  ///   - paths: Files, and folders whose files are meant.
  ///   - progress: Called with the number of files done and of all.
  public func predict(
    _ paths: [[UInt8]], with classifier: Classifier,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> [FilePrediction] {
    let found = FileCollector(paths.map(FilePath.init(bytes:)))
    let judged = try await predictor.judge(
      found.files, with: classifier, in: self, progress: progress)
    return zip(found.files, judged).map { path, result in
      FilePrediction(
        path: path.text,
        result: result.map { $0.ranked(classifier.tags) })
    } + found.refused.map { FilePrediction(path: $0.path, result: .failure($0.reason)) }
  }
}

extension JudgedPicture {
  /// Highest probability first.
  func ranked(_ tags: [Tag]) -> [TagPrediction] {
    TagPrediction.ranked(tags, probabilities)
  }
}
