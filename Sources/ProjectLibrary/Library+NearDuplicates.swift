public import Dataset
import Embeddings
import Imaging
import Judging
import Matrices
import ProjectStore

extension Library {
  /// The pictures of all groups of near-duplicates of a project, group by group; groups whose pictures
  /// bear different tags come first, then those with the most alike pictures. Groups of which all
  /// pictures are kept are left out, until another picture joins them.
  ///
  /// A group's score is the cosine of its two most alike pictures, and 1 more where tags differ.
  /// Reads hashes of all pictures and embeddings of those that have a near hash, so that many pictures
  /// take little memory. Pictures without an embedding are grouped where their hashes are all but the
  /// same.
  public func nearDuplicates(in project: Project, limit: Int) throws -> [ReviewItem] {
    let images = try images(of: project.id)
    let cosines = EmbeddingCosines(
      images.map(\.content), cache, recipe: try embedder(for: project.domain).recipe.cacheKey)
    let groups = try NearDuplicateIndex(images).groups(cosine: cosines.cosine)
    let kept = try store.read { try $0.imagesKeptBesideDuplicates(of: project.id) }
    let open = Dictionary(grouping: images.indices, by: { groups[$0] }).values
      .filter { rows in !rows.allSatisfy { kept.contains(images[$0].id) } }
    let sorted = try NearDuplicateGroup.sorted(images, open) { first, second in
      try cosines.cosine(first, second) ?? images[first].hashLikeness(to: images[second])
    }
    return Array(
      sorted.prefix(limit).enumerated().flatMap { number, group in
        group.rows.map { row in
          ReviewItem(
            image: images[row], score: group.score,
            reasons: [
              .nearDuplicate(
                group: number + 1, imageCount: group.rows.count, tagsDiffer: group.tagsDiffer)
            ])
        }
      }.prefix(limit))
  }

  /// Writes down that images stay although they are nearly the same as others; undo takes it back.
  ///
  /// - Returns: Of how many this was not yet written down.
  @discardableResult
  public func keepBesideDuplicates(_ images: [ImageID], in project: ProjectID) throws -> Int {
    try change(in: project, command: "near-duplicates keep") { recorder in
      try images.count { try recorder.record(.keptBesideDuplicates($0, true)) }
    }
  }

  /// Takes images out of the project that are nearly the same as another one, which stays.
  ///
  /// Where that one bears no tag and those of the others that do bear the same ones, it takes them over.
  /// All of it is one change that one undo takes back.
  ///
  /// - Parameter images: Some of the project; the one that is kept may be among them.
  public func keepOne(
    _ kept: ImageID, removing images: [ImageID], in project: ProjectID
  ) throws -> KeptOne {
    try change(in: project, command: "near-duplicates keep-one") { recorder in
      let tags = try recorder.snapshot.tags(of: project)
      var removedCount = 0
      var borne: Set<[TagID]> = []
      for image in images where image != kept {
        guard try recorder.record(.membership(image, false)) else { continue }
        removedCount += 1
        let given = Set(try recorder.snapshot.tags(on: image))
        if !given.isEmpty { borne.insert(tags.map(\.id).filter(given.contains)) }
      }
      let isUntagged = try recorder.snapshot.tags(on: kept).isEmpty
      let takenOver = isUntagged && borne.count == 1 ? borne.first ?? [] : []
      if !takenOver.isEmpty { _ = try recorder.setTags(takenOver, on: kept) }
      return KeptOne(
        removedCount: removedCount, takenOver: tags.filter { takenOver.contains($0.id) },
        tagsDiffered: isUntagged && borne.count > 1)
    }
  }

  /// How many of some contents' images are nearly the same as another image of the project.
  public func nearDuplicateCount(among contents: [ContentHash], of project: Project) throws -> Int {
    let images = try images(of: project.id)
    let cosines = EmbeddingCosines(
      images.map(\.content), cache, recipe: try embedder(for: project.domain).recipe.cacheKey)
    let index = NearDuplicateIndex(images)
    let asked = Set(contents)
    return try images.indices.count { row in
      try asked.contains(images[row].content)
        && !index.nearDuplicates(of: row, cosine: cosines.cosine).isEmpty
    }
  }
}

/// What became of some near-duplicates of which one was kept.
public struct KeptOne: Equatable, Sendable {
  /// How many images were in the project and are no more.
  public let removedCount: Int
  /// The tags that the one that was kept took over.
  public let takenOver: [Tag]
  /// Whether it stays untagged because those that were removed bore different tags.
  public let tagsDiffered: Bool
}

/// Groups pictures with embeddings, one row each, so that near-duplicates share a group.
func nearDuplicateGroups(of images: [Image], embeddings: Matrix) -> [Int] {
  NearDuplicateIndex(images).groups(embeddings: embeddings)
}

extension NearDuplicateIndex {
  fileprivate init(_ images: [Image]) {
    let hashes = images.map(\.perceptualHash)
    self.init(
      perceptualHashes: hashes, mirroredHashes: hashes.map(mirroredPerceptualHash(of:)))
  }
}

extension Image {
  /// 0…1, for want of an embedding.
  fileprivate func hashLikeness(to other: Image) -> Double {
    let plain = perceptualHash ^ other.perceptualHash
    let mirrored = mirroredPerceptualHash(of: perceptualHash) ^ other.perceptualHash
    return 1 - Double(min(plain.nonzeroBitCount, mirrored.nonzeroBitCount)) / 64
  }
}

/// A group of two pictures or more.
private struct NearDuplicateGroup {
  /// Members that are compared with each other for the score: a group may hold thousands.
  private static let mostCompared = 32

  let rows: [Int]
  /// Whether two of its pictures bear different tags; what is untagged bears none.
  let tagsDiffer: Bool
  let score: Double

  init(
    _ rows: [Int], _ images: [Image], _ likeness: (Int, Int) throws -> Double
  ) rethrows {
    self.rows = rows
    tagsDiffer = Set(rows.map { Set(images[$0].tags) }).subtracting([[]]).count > 1
    var best = 0.0
    let compared = rows.prefix(Self.mostCompared)
    for (position, first) in compared.enumerated() {
      for second in compared.dropFirst(position + 1) {
        best = max(best, try likeness(first, second))
      }
    }
    score = best + (tagsDiffer ? 1 : 0)
  }

  /// Those with the highest score first, then the oldest.
  static func sorted(
    _ images: [Image], _ groups: [[Int]], likeness: (Int, Int) throws -> Double
  ) rethrows -> [NearDuplicateGroup] {
    try groups
      .filter { $0.count > 1 }
      .map { try NearDuplicateGroup($0, images, likeness) }
      .sorted { left, right in
        left.score == right.score ? left.rows[0] < right.rows[0] : left.score > right.score
      }
  }
}

/// Cosines of angles between kept embeddings, read when they are asked for.
private final class EmbeddingCosines {
  /// At 23 kB an embedding of the larger recipe.
  private static let mostKept = 2_048

  private let contents: [ContentHash]
  private let cache: CacheStore
  private let recipe: String
  private var kept: [Int: [Float]?] = [:]

  init(_ contents: [ContentHash], _ cache: CacheStore, recipe: String) {
    self.contents = contents
    self.cache = cache
    self.recipe = recipe
  }

  /// `nil` where one of the pictures has no embedding.
  func cosine(_ first: Int, _ second: Int) throws -> Double? {
    guard let left = try embedding(first), let right = try embedding(second),
      left.count == right.count
    else { return nil }
    return Judging.cosine(left[...], right[...])
  }

  private func embedding(_ row: Int) throws -> [Float]? {
    if let known = kept[row] { return known }
    if kept.count >= Self.mostKept { kept.removeAll(keepingCapacity: true) }
    let numbers = try cache.embedding(of: contents[row], recipe: recipe)
      .flatMap(HalfPrecision.numbers)
    kept[row] = .some(numbers)
    return numbers
  }
}
