import Dataset
import Embeddings
import Imaging
import ProjectStore

/// A file on its way into a library: read, looked at, its thumbnail and embedding made.
struct PictureFile: Sendable {
  let path: FilePath
  let content: ContentFacts
  /// As JPEG; `nil` when the project holds the content already.
  let thumbnail: [UInt8]?
  /// 16-bit floats; `nil` when it is kept already or none was asked for.
  let embedding: [UInt8]?
}

extension Library {
  /// Reads a file, keeps its bytes, and makes what the project needs of it and does not have yet.
  ///
  /// - Parameter embedder: Also makes the embedding, from the same pixels; `nil` leaves it for later.
  func prepare(
    _ path: FilePath, for project: ProjectID, embedder: (any Embedder)?
  ) -> Result<PictureFile, PreparationError> {
    do {
      let bytes = try readPicture(path)
      guard let format = imageFormat(of: bytes) else { throw Refusal.notAnImage }
      let hash = contentHash(of: bytes)
      let known = try store.read { snapshot in
        try snapshot.image(of: project, content: hash) == nil ? nil : snapshot.content(hash)
      }
      let needsEmbedding =
        try embedder.map { try cache.embedding(of: hash, recipe: $0.recipe.cacheKey) == nil }
        ?? false
      if let known, !needsEmbedding {
        return .success(PictureFile(path: path, content: known, thumbnail: nil, embedding: nil))
      }
      let image = try decodePicture(bytes)
      let thumbnail = image.resizedToFit(maxSide: thumbnailSide)
      try originals.keep(bytes, of: hash, from: path)
      return .success(
        PictureFile(
          path: path,
          content: known
            ?? ContentFacts(
              hash: hash, format: format.rawValue, byteCount: bytes.count, width: image.width,
              height: image.height, perceptualHash: perceptualHash(of: thumbnail)),
          thumbnail: known == nil
            ? try thumbnail.jpegData(quality: thumbnailQuality) : nil,
          embedding: needsEmbedding
            ? try embedder.map { HalfPrecision.bytes(of: try $0.embed(image)) } : nil))
    } catch let refusal as Refusal {
      return .failure(.refused(refusal))
    } catch {
      return .failure(.failed(error))
    }
  }
}

/// Why a file could not be made ready: its own fault, or something that stops the whole import.
enum PreparationError: Error {
  case refused(Refusal)
  /// The library's disk is full, its folder is gone, the backbone cannot run.
  case failed(any Error)
}
