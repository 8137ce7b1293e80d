import Dataset
import Embeddings
import Imaging
import ProjectStore

/// A file on its way into a library: read, looked at, its thumbnail made.
struct PictureFile: Sendable {
  let path: FilePath
  let content: ContentFacts
  /// As JPEG; `nil` when the project holds the content already.
  let thumbnail: [UInt8]?
  /// What an embedding job that runs beside the import takes of the picture; `nil` without one, or
  /// when the embedding is kept already.
  let pixels: (recipe: EmbeddingRecipe, EmbeddingPixels)?
}

extension Library {
  /// Reads a file, keeps its bytes, and makes what the project needs of it and does not have yet.
  func prepare(
    _ path: FilePath, for project: Project
  ) -> Result<PictureFile, PreparationError> {
    do {
      let bytes = try readPicture(path, limits: limits)
      return .success(try prepare(bytes, named: path, from: path, for: project))
    } catch let refusal as Refusal {
      return .failure(.refused(refusal))
    } catch {
      return .failure(.failed(error))
    }
  }

  /// Keeps a picture's bytes, and makes what the project needs of it and does not have yet.
  ///
  /// - Parameters:
  ///   - path: The name that it is known by.
  ///   - source: A file with the same bytes, where there is one.
  ///   - bounds: What a picture may measure, besides the library's limits.
  /// - Throws: `Refusal`; `PictureOutOfBounds`; what keeps the library from being written.
  func prepare(
    _ bytes: [UInt8], named path: FilePath, from source: FilePath?, for project: Project,
    within bounds: PictureBounds? = nil
  ) throws -> PictureFile {
    guard imageFormat(of: bytes) != nil else { throw Refusal.notAnImage }
    let hash = contentHash(of: bytes)
    let known = try store.read { snapshot in
      try snapshot.image(of: project.id, content: hash) == nil ? nil : snapshot.content(hash)
    }
    // A picture that is known is left to the job: it looks for what is missing.
    if let known {
      try originals.keep(bytes, of: hash, from: source)
      return PictureFile(path: path, content: known, thumbnail: nil, pixels: nil)
    }
    let header = try pictureHeader(of: bytes, limits: limits)
    try bounds?.check(width: header.width, height: header.height)
    let recipe = shelf.wantedRecipe(of: project.domain)
    let image = try decodePicture(
      bytes, limits: limits,
      reducedTo: recipe?.decodedShortSide ?? EmbeddingRecipe.leastDecodedShortSide)
    let thumbnail = image.resizedToFit(maxSide: thumbnailSide)
    try originals.keep(bytes, of: hash, from: source)
    return PictureFile(
      path: path,
      content: ContentFacts(
        hash: hash, format: header.format.rawValue, byteCount: bytes.count, width: header.width,
        height: header.height, perceptualHash: perceptualHash(of: thumbnail)),
      thumbnail: try thumbnail.jpegData(quality: thumbnailQuality),
      pixels: try recipe.flatMap { try pixelsToEmbed(of: image, hash, by: $0) })
  }
}

extension Library {
  private func pixelsToEmbed(
    of image: PixelImage, _ hash: ContentHash, by recipe: EmbeddingRecipe
  ) throws -> (recipe: EmbeddingRecipe, EmbeddingPixels)? {
    let isMissing = try cache.contentsWithoutEmbedding([hash], recipe: recipe.cacheKey) == [hash]
    return isMissing ? (recipe, recipe.pixels(of: image)) : nil
  }
}

/// Why a file could not be made ready: its own fault, or something that stops the whole import.
enum PreparationError: Error {
  case refused(Refusal)
  /// The library's disk is full, its folder is gone, the file system fails.
  case failed(any Error)
}
