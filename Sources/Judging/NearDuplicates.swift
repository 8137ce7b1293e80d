public import Matrices

/// When two pictures count as near-duplicates.
///
/// The more their hashes differ, the more alike their embeddings must be.
public struct NearDuplicateCriteria: Equatable, Sendable {
  /// The most bits in which their perceptual hashes may differ, of 64.
  public var hashDistance: Int
  /// The least cosine of the angle between the embeddings of pictures with equal hashes, in −1...1.
  public var cosine: Double
  /// What each differing bit adds to it.
  public var cosineForEachBit: Double
  /// The most bits in which hashes may differ of which one has no embedding to confirm it.
  public static let trustedHashDistance = 4

  /// Takes limits.
  ///
  /// Measured on 225 photos of four sets and five copies of each, with compact embeddings. Copies of
  /// 30 to 70 % of the size and of JPEG quality 30 to 70 differ by at most 3 bits, of 20 % more or less
  /// light by at most 9, mirrored ones by at most 12, cut by 5 % both ways by up to 18, in 98 of 100
  /// cases by 15; cosines are from 0.68 (30 % of the size) up, those of what was cut from 0.93 up. Of
  /// the pairs of different photos one passes, apart from a set that shows the same fruit from several
  /// sides.
  public init(
    hashDistance: Int = 15, cosine: Double = 0.65, cosineForEachBit: Double = 0.018
  ) {
    precondition((0...64).contains(hashDistance), "hash distance \(hashDistance)")
    self.hashDistance = hashDistance
    self.cosine = cosine
    self.cosineForEachBit = cosineForEachBit
  }

  /// Whether pictures with hashes that differ by so many bits are near-duplicates.
  ///
  /// - Parameter cosine: Of their embeddings; `nil` where one has none.
  public func areMet(distance: Int, cosine: Double?) -> Bool {
    guard distance <= hashDistance else { return false }
    guard let cosine else { return distance <= Self.trustedHashDistance }
    return cosine >= self.cosine + cosineForEachBit * Double(distance)
  }
}

/// Finds near-duplicates among pictures by their hashes.
///
/// Finds every pair within the hash distance without comparing all pairs: hashes that differ in d
/// bits agree to ⌊d/4⌋ bits in one of their four quarters (multi-index hashing; Norouzi, Punjani &
/// Fleet, "Fast search in Hamming space with multi-index hashing", 2012). With unrelated hashes and
/// the default criteria that is about 2,800 + n/24 steps for each picture, twice where mirrored
/// hashes are given.
public struct NearDuplicateIndex: Sendable {
  private let hashes: [UInt64]
  private let mirroredHashes: [UInt64]?
  private let criteria: NearDuplicateCriteria
  private let index: HashIndex

  /// - Parameters:
  ///   - perceptualHashes: One for each picture.
  ///   - mirroredHashes: Those that the pictures would have if they were mirrored, so that mirrored
  ///     copies are found, too; `nil` to leave these out.
  public init(
    perceptualHashes: [UInt64], mirroredHashes: [UInt64]? = nil,
    criteria: NearDuplicateCriteria = NearDuplicateCriteria()
  ) {
    if let mirroredHashes {
      precondition(
        mirroredHashes.count == perceptualHashes.count,
        "\(mirroredHashes.count) mirrored hashes of \(perceptualHashes.count)")
    }
    hashes = perceptualHashes
    self.mirroredHashes = mirroredHashes
    self.criteria = criteria
    index = HashIndex(perceptualHashes)
  }

  /// The near-duplicates of one picture, ascending.
  ///
  /// - Parameter cosine: The cosine of the angle between two pictures' embeddings, `nil` where one has
  ///   none. Asked only of pairs whose hashes are near.
  public func nearDuplicates(
    of picture: Int, cosine: (Int, Int) throws -> Double?
  ) rethrows -> [Int] {
    var found: Set<Int> = []
    try forEachCandidate(of: picture) { other, distance in
      if other != picture, !found.contains(other),
        criteria.areMet(distance: distance, cosine: try cosine(picture, other))
      {
        found.insert(other)
      }
    }
    return found.sorted()
  }

  /// Groups pictures so that near-duplicates, and near-duplicates of those, share a group.
  ///
  /// - Parameter cosine: As above. Not asked of pictures that share a group already.
  /// - Returns: The group of each picture: the least index of a picture in it.
  public func groups(cosine: (Int, Int) throws -> Double?) rethrows -> [Int] {
    var groups = DisjointSets(count: hashes.count)
    for picture in hashes.indices {
      try forEachCandidate(of: picture) { other, distance in
        if other > picture, groups.root(of: picture) != groups.root(of: other),
          criteria.areMet(distance: distance, cosine: try cosine(picture, other))
        {
          groups.join(picture, other)
        }
      }
    }
    return hashes.indices.map { groups.root(of: $0) }
  }

  /// Calls back with pictures within the hash distance, plain or mirrored, some more than once.
  private func forEachCandidate(
    of picture: Int, _ body: (Int, Int) throws -> Void
  ) rethrows {
    try index.forEach(near: hashes[picture], within: criteria.hashDistance, body)
    if let mirroredHashes {
      try index.forEach(near: mirroredHashes[picture], within: criteria.hashDistance, body)
    }
  }
}

extension NearDuplicateIndex {
  /// Groups pictures by hashes and by the embeddings that confirm what they say.
  ///
  /// - Parameter embeddings: One row for each picture. A row of zeros confirms nothing.
  public func groups(embeddings: Matrix) -> [Int] {
    precondition(
      embeddings.rowCount == hashes.count,
      "\(embeddings.rowCount) embeddings, \(hashes.count) hashes")
    return groups { cosine(embeddings.row($0), embeddings.row($1)) }
  }
}

/// The cosine of the angle between two vectors of one length; 0 when one is all zeros.
public func cosine(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Double {
  var (product, firstSquare, secondSquare) = (0.0, 0.0, 0.0)
  for (left, right) in zip(first, second) {
    product += Double(left) * Double(right)
    firstSquare += Double(left) * Double(left)
    secondSquare += Double(right) * Double(right)
  }
  let lengths = (firstSquare * secondSquare).squareRoot()
  return lengths > 0 ? product / lengths : 0
}
