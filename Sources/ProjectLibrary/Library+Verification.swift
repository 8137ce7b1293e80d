public import Dataset
import Embeddings
import Imaging
import ModelExport

/// What a model outside tagbench is given for a picture.
public enum ModelInput: Sendable {
  /// 8-bit RGB, [rows, columns, 3].
  case bytes([UInt8], shape: [Int])
  /// RGB from 0 to 255, [1, 3, side, side].
  case floats([Float], shape: [Int])
}

/// How far an exported model is from the project's own predictions.
public struct Verification: Sendable {
  public let iteration: Iteration
  /// Whether the model sees pictures as squares, and is compared with predictions that do.
  public let seesSquares: Bool
  public internal(set) var pictureCount = 0
  /// Pictures whose most probable tag is the same.
  public internal(set) var agreementCount = 0
  /// The largest difference between two probabilities, and where it is.
  public internal(set) var largestDifference: Float = 0
  public internal(set) var largestFile: String?
  public internal(set) var refused: [RefusedFile]
}

extension Library {
  /// Runs an exported model on pictures and compares it with the project's own predictions.
  ///
  /// Embeds on this thread, whatever the cache holds.
  ///
  /// - Parameters:
  ///   - bytes: The file that `export` made.
  ///   - paths: Files, and folders whose files are meant.
  ///   - run: Gives the model's answer, from the name of its input, the input and the name of its
  ///     output.
  ///   - progress: Called with the number of files done and of all.
  /// - Throws: `.notExported` for another model, or one of another project; `.recipeUnknown`,
  ///   `.originalMissing`, `.originalDamaged`; whatever `run` throws.
  public func verify(
    _ bytes: [UInt8], of project: Project, on paths: [[UInt8]],
    run: (String, ModelInput, String) throws -> [Float], progress: (Int, Int) -> Void
  ) throws -> Verification {
    // Bytes that are no model of ours are not exported either.
    guard let model = try? ExportedModel(bytes: bytes), let id = IterationID(model.iteration),
      let iteration = try iteration(id, of: project.id)
    else { throw LibraryError.notExported }
    let found = FileCollector(paths.map(FilePath.init(bytes:)))
    let classifier: Classifier
    switch model.input {
    case .raw: classifier = try self.classifier(iteration)
    case .square: classifier = try squareClassifier(iteration)
    }
    var verification = Verification(
      iteration: iteration, seesSquares: model.input != .raw, refused: found.refused)
    for (index, path) in found.files.enumerated() {
      do {
        // In full on both sides: so programs decode that run the model.
        let picture = try decodePicture(try readPicture(path, limits: limits), limits: limits)
        let seen = model.seen(picture)
        let answer = try run(model.inputName, model.input(seen), DeployedModel.outputName)
        let halves = HalfPrecision.bytes(of: try classifier.embedder.embed(seen))
        verification.compare(answer, with: classifier.probabilities(halves), path: path.text)
      } catch let refusal as Refusal {
        verification.refused.append(RefusedFile(path: path.text, reason: refusal))
      }
      progress(index + 1, found.files.count)
    }
    return verification
  }
}

extension Verification {
  fileprivate mutating func compare(_ answer: [Float], with own: [Float], path: String) {
    pictureCount += 1
    let difference = zip(answer, own).map { abs($0 - $1) }.max() ?? 0
    // An answer of another length, or one that is no number, is as wrong as can be.
    let worst = answer.count == own.count && !difference.isNaN ? difference : 1
    if worst >= largestDifference { (largestDifference, largestFile) = (worst, path) }
    let best = { (values: [Float]) in values.indices.max { values[$0] < values[$1] } }
    if best(answer) == best(own) { agreementCount += 1 }
  }
}

extension ExportedModel {
  /// The picture as the model is given it.
  fileprivate func seen(_ picture: PixelImage) -> PixelImage {
    switch input {
    case .raw: picture
    case .square(let side): picture.resized(toWidth: side, height: side)
    }
  }

  fileprivate func input(_ picture: PixelImage) -> ModelInput {
    switch input {
    case .raw: return .bytes(picture.pixels, shape: [picture.height, picture.width, 3])
    case .square(let side):
      let planes = (0..<3).flatMap { channel in
        stride(from: channel, to: picture.pixels.count, by: 3).map { Float(picture.pixels[$0]) }
      }
      return .floats(planes, shape: [1, 3, side, side])
    }
  }
}
