public import Dataset
import Embeddings
import Imaging
import Learning

extension Library {
  /// Tells which parts of an image speak for a tag, as an iteration sees it.
  ///
  /// Computes on this thread: a network's way through the picture, and a second more the first time.
  ///
  /// - Parameter tag: `nil` for the most probable one.
  /// - Throws: `.notExplainable`; `.tagNotFound` for a tag that the iteration does not know;
  ///   `.originalMissing`, `.originalDamaged`, `ImagingError`; what keeps the backbone from running
  ///   at all.
  public func explain(
    _ image: Image, as tag: Tag? = nil, with classifier: Classifier
  ) throws -> Explanation {
    let bytes = try originals.bytes(of: image.content, name: image.content.description)
    let shortSide = classifier.embedder.recipe.decodedShortSide
    return try explain(
      decodeImage(bytes, limits: limits, reducedTo: shortSide), as: tag, with: classifier)
  }

  /// The same of a picture that need not be in the library.
  ///
  /// - Throws: `Refusal` for a file that cannot be read, and as above.
  public func explain(
    file path: [UInt8], as tag: Tag? = nil, with classifier: Classifier
  ) throws -> Explanation {
    let bytes = try readPicture(FilePath(bytes: path), limits: limits)
    let shortSide = classifier.embedder.recipe.decodedShortSide
    return try explain(
      decodePicture(bytes, limits: limits, reducedTo: shortSide), as: tag, with: classifier)
  }

  private func explain(
    _ picture: PixelImage, as tag: Tag?, with classifier: Classifier
  ) throws -> Explanation {
    let recipe = classifier.embedder.recipe
    guard let pooling = recipe.pooling,
      let maps = try classifier.embedder.featureMaps(of: recipe.pixels(of: picture))
    else {
      throw LibraryError.notExplainable(
        iteration: classifier.iteration.number, domain: classifier.iteration.domain)
    }
    let embedding = pooling.embedding(of: maps)
    // Rounded as everywhere, so that the probability is what is predicted.
    let probabilities = classifier.probabilities(HalfPrecision.bytes(of: embedding))
    let tags = classifier.tags
    let classIndex: Int
    if let tag {
      guard let known = tags.firstIndex(where: { $0.id == tag.id }) else {
        throw LibraryError.tagNotFound(tag.name, known: tags.map(\.name))
      }
      classIndex = known
    } else {
      classIndex = tags.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    }
    let gradient = classifier.head.logOddsGradient(ofClass: classIndex, at: embedding)
    let saliency = recipe.saliency(
      of: pooling.contributions(of: maps, to: gradient), width: picture.width,
      height: picture.height)
    return Explanation(
      tag: tags[classIndex], probability: probabilities[classIndex],
      rowCount: saliency.rowCount, columnCount: saliency.columnCount, values: saliency.values)
  }
}
