public import Matrices

/// When two pictures count as near-duplicates.
public struct NearDuplicateCriteria: Equatable, Sendable {
  /// The most bits in which their perceptual hashes may differ, of 64.
  public var hashDistance: Int
  /// The least cosine of the angle between their embeddings, in −1...1.
  public var cosine: Double

  /// Takes limits.
  ///
  /// Measured on 120 photos of three sets and their copies, with compact embeddings: copies of 60 % of
  /// the size, of JPEG quality 50 and of 20 % more light differ by at most 7 bits, cut by 2.5 % at
  /// each side by at most 14 and in 99 of 100 cases by 12; their cosines are from 0.90 up. The 7,140
  /// pairs of different photos differ by 16 bits and more, those with a cosine over 0.8 by 22 and
  /// more. Mirrored copies are not found: they differ by about 32 bits. Thumbnails were made by an
  /// exact bicubic resize then; with those of today 978 of 986 photos hash as they did, and the other
  /// eight differ by one bit.
  public init(hashDistance: Int = 12, cosine: Double = 0.85) {
    precondition((0...64).contains(hashDistance), "hash distance \(hashDistance)")
    self.hashDistance = hashDistance
    self.cosine = cosine
  }
}

/// Groups pictures so that near-duplicates, and near-duplicates of those, share a group.
///
/// Finds every pair within the hash distance without comparing all pairs: hashes that differ in d
/// bits agree to ⌊d/4⌋ bits in one of their four quarters (multi-index hashing; Norouzi, Punjani &
/// Fleet, "Fast search in Hamming space with multi-index hashing", 2012). With unrelated hashes and
/// the default criteria that is about n·(2,800 + n/24) steps.
///
/// - Parameters:
///   - perceptualHashes: One for each picture.
///   - embeddings: One row for each picture, to confirm what the hashes say; `nil` to trust the
///     hashes. A row of zeros confirms nothing.
/// - Returns: The group of each picture: the least index of a picture in it.
public func nearDuplicateGroups(
  perceptualHashes: [UInt64], embeddings: Matrix?,
  criteria: NearDuplicateCriteria = NearDuplicateCriteria()
) -> [Int] {
  if let embeddings {
    precondition(
      embeddings.rowCount == perceptualHashes.count,
      "\(embeddings.rowCount) embeddings, \(perceptualHashes.count) hashes")
  }
  var groups = DisjointSets(count: perceptualHashes.count)
  let index = HashIndex(perceptualHashes)
  for picture in perceptualHashes.indices {
    index.forEachLater(than: picture, within: criteria.hashDistance) { other in
      guard groups.root(of: picture) != groups.root(of: other) else { return }
      if let embeddings, embeddings.cosine(picture, other) < criteria.cosine { return }
      groups.join(picture, other)
    }
  }
  return perceptualHashes.indices.map { groups.root(of: $0) }
}

extension Matrix {
  /// The cosine of the angle between two rows; 0 when one is all zeros.
  fileprivate func cosine(_ first: Int, _ second: Int) -> Double {
    var (product, firstSquare, secondSquare) = (0.0, 0.0, 0.0)
    for (left, right) in zip(row(first), row(second)) {
      product += Double(left) * Double(right)
      firstSquare += Double(left) * Double(left)
      secondSquare += Double(right) * Double(right)
    }
    let lengths = (firstSquare * secondSquare).squareRoot()
    return lengths > 0 ? product / lengths : 0
  }
}
