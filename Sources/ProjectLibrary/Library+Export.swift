public import Dataset
import Embeddings
import Evaluation
import Foundation
import Imaging
import Learning
import Matrices
import ModelExport
import ProjectStore

/// A classifier to be used without tagbench: models with what belongs to them.
public struct ModelPackage: Sendable {
  public struct File: Sendable {
    public let name: String
    public let bytes: [UInt8]
  }

  public let files: [File]

  /// All of it as one zip file.
  public var zip: [UInt8] {
    var zip = ZipFile()
    for file in files { zip.add(file.name, file.bytes) }
    return zip.bytes
  }
}

extension Library {
  /// Makes files of an iteration that run elsewhere: `model.onnx`, which takes a square picture,
  /// `model-raw.onnx`, which takes any picture and answers as `predict` does, and what explains them.
  ///
  /// The head of `model.onnx` is fitted on the pictures of the iteration as that model sees them;
  /// equal labels give equal files. Computes on this thread, embeddings that are missing among it.
  ///
  /// - Parameter recipeGraph: Gives the graph that makes a domain's embeddings.
  /// - Throws: `.notExportable`, `.recipeUnknown`, `.originalMissing`, `.originalDamaged`,
  ///   `CancellationError`.
  public func export(
    _ iteration: Iteration, of project: Project, recipeGraph: (Domain) throws -> [UInt8]
  ) throws -> ModelPackage {
    if case .encoder = iteration.domain {
      throw LibraryError.notExportable(iteration: iteration.number, domain: iteration.domain)
    }
    let classifier = try classifier(iteration)
    let graph = try recipeGraph(iteration.domain)
    let square = try fitSquare(classifier)
    let card = ModelCard(
      project: project, iteration: iteration, tags: classifier.tags,
      performance: try performance(of: iteration).performance,
      squarePerformance: square.performance, imageHash: try dataHash(of: iteration),
      side: square.classifier.embedder.recipe.squareSide)
    let metadata = [
      "iteration": iteration.id.description, "project": project.name,
      "recipe": classifier.embedder.recipe.name,
      "tags": classifier.tags.map(\.name).joined(separator: "\n"),
    ]
    func model(_ head: TrainedHead) throws -> DeployedModel {
      try DeployedModel(recipe: classifier.embedder.recipe, recipeGraph: graph, head: head)
    }
    let squareModel = try model(square.classifier.head).squareFile(metadata: metadata)
    let rawModel = try model(classifier.head).rawFile(metadata: metadata)
    let texts = [
      ("labels.txt", classifier.tags.map { $0.name + "\n" }.joined()),
      ("cvexport.manifest", card.manifest), ("model-card.md", card.text),
      ("example.py", card.pythonExample), ("example.mjs", card.javaScriptExample),
    ]
    return ModelPackage(
      files: [
        ModelPackage.File(name: "model.onnx", bytes: squareModel),
        ModelPackage.File(name: "model-raw.onnx", bytes: rawModel),
      ] + texts.map { ModelPackage.File(name: $0, bytes: Array($1.utf8)) })
  }

  /// An iteration's classifier as `model.onnx` has it: it sees pictures as squares.
  ///
  /// Fits a head, as `export` does.
  public func squareClassifier(_ iteration: Iteration) throws -> Classifier {
    try fitSquare(try classifier(iteration)).classifier
  }

  private func fitSquare(
    _ classifier: Classifier
  ) throws -> (classifier: Classifier, performance: Performance) {
    let iteration = classifier.iteration
    let (rows, contents, training) = try store.read { snapshot in
      let rows = try snapshot.rows(of: iteration.id)
      return (
        rows, try snapshot.contents(of: rows), try snapshot.training(of: iteration.id)
      )
    }
    let embedder = SquareEmbedder(base: classifier.embedder)
    let embeddings = try embeddings(
      of: contents, with: embedder, progress: { _ in })
    let targets = Targets(rows.map(\.given), isMulticlass: iteration.type == .multiclass)
    let result = try Learning.train(
      TrainingExamples(
        embeddings: embeddings, targets: targets, classCount: classifier.tags.count,
        groups: rows.map(\.group)),
      settings: try JSONDecoder().decode(
        TrainingSettings.self, from: Data(training.settings.utf8)), progress: { _ in })
    return (
      Classifier(
        iteration: iteration, tags: classifier.tags, head: result.head, embedder: embedder),
      Performance(of: result.outOfFold, against: targets, evidence: .outOfFold)
    )
  }

  /// A digest of what was trained on: contents with their tags.
  private func dataHash(of iteration: Iteration) throws -> String {
    let lines = try store.read { snapshot in
      let tags = try snapshot.classes(of: iteration.id)
      let rows = try snapshot.rows(of: iteration.id)
      return zip(rows, try snapshot.contents(of: rows)).map { row, content in
        "\(content) \(row.given.map { tags[$0].name }.sorted().joined(separator: ","))"
      }
    }
    let digest = sha256(Array(lines.sorted().joined(separator: "\n").utf8))
    return ContentHash(bytes: digest)?.description ?? ""
  }
}

extension Snapshot {
  /// The contents of the images that an iteration was trained on, in the order of training.
  fileprivate func contents(of rows: [IterationRow]) throws -> [ContentHash] {
    let images = try images(withIDs: rows.map(\.image))
    let byID = Dictionary(uniqueKeysWithValues: images.map { ($0.id, $0.content) })
    return rows.compactMap { byID[$0.image] }
  }
}

/// Embeds pictures as a model sees them that takes squares only.
private struct SquareEmbedder: Embedder {
  let base: any Embedder

  var recipe: EmbeddingRecipe { base.recipe.ofSquares }
  var preferredConcurrency: Int { base.preferredConcurrency }

  func embed(_ pixels: EmbeddingPixels) throws -> [Float] { try base.embed(pixels) }
}
