import Matrices
import Testing

@testable import Judging

@Suite struct NearDuplicateTests {
  private struct Generator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  /// Hashes of which some are others with a few bits flipped.
  private func hashes(count: Int, seed: Int) -> [UInt64] {
    var generator = Generator(state: UInt64(seed) &+ 77)
    var hashes: [UInt64] = []
    for index in 0..<count {
      if index > 0, generator.next() >> 62 != 0 {
        var hash = hashes[Int(generator.next() >> 33) % index]
        for _ in 0..<(generator.next() >> 33) % 14 { hash ^= 1 << (generator.next() >> 58) }
        hashes.append(hash)
      } else {
        hashes.append(generator.next())
      }
    }
    return hashes
  }

  /// Compares all pairs.
  private func plainGroups(
    _ hashes: [UInt64], distance: Int, isConfirmed: (Int, Int) -> Bool = { _, _ in true }
  ) -> [Int] {
    var groups = Array(hashes.indices)
    for first in hashes.indices {
      for second in 0..<first
      where (hashes[first] ^ hashes[second]).nonzeroBitCount <= distance
        && isConfirmed(first, second) && groups[first] != groups[second]
      {
        let (low, high) = (
          min(groups[first], groups[second]), max(groups[first], groups[second])
        )
        for index in groups.indices where groups[index] == high { groups[index] = low }
      }
    }
    return groups
  }

  @Test(arguments: 0..<30)
  func findsWhatComparingAllPairsFinds(seed: Int) {
    let hashes = hashes(count: 120, seed: seed)
    let distance = seed % 13
    let found = NearDuplicateIndex(
      perceptualHashes: hashes, criteria: NearDuplicateCriteria(hashDistance: distance)
    ).groups { _, _ in 1 }
    #expect(found == plainGroups(hashes, distance: distance))
  }

  @Test func embeddingsMustConfirm() {
    let embeddings = Matrix(
      rowCount: 4, columnCount: 2, elements: [1, 0, 0, 1, 2, 0.1, 0, 0])
    let found = NearDuplicateIndex(perceptualHashes: [5, 5, 4, 5]).groups(embeddings: embeddings)
    #expect(found == [0, 1, 0, 3])
  }

  /// Hashes that differ by 10 bits call for a cosine of 0.83.
  @Test(arguments: [(0.84, 0), (0.82, 1)])
  func theMoreHashesDifferTheMoreAlikeEmbeddingsMustBe(cosine: Double, group: Int) {
    let index = NearDuplicateIndex(perceptualHashes: [0, 0b11_1111_1111])
    #expect(index.groups { _, _ in cosine } == [0, group])
    let close = NearDuplicateIndex(perceptualHashes: [0, 0b11])
    #expect(close.groups { _, _ in cosine } == [0, 0])
  }

  @Test func withoutEmbeddingsOnlyTheNearestHashesAreTrusted() {
    let index = NearDuplicateIndex(perceptualHashes: [0, 0b1111, 0b1111_1111_1111])
    #expect(index.groups { _, _ in nil } == [0, 0, 2])
  }

  @Test(arguments: 0..<10)
  func mirroredCopiesAreFound(seed: Int) {
    let hashes = hashes(count: 80, seed: seed)
    let mirrored = hashes.map { ~$0 }
    let index = NearDuplicateIndex(
      perceptualHashes: hashes + [~hashes[7]], mirroredHashes: mirrored + [hashes[7]])
    let groups = index.groups { _, _ in 1 }
    #expect(groups[80] == groups[7])
    #expect(index.nearDuplicates(of: 80) { _, _ in 1 }.contains(7))
    #expect(index.nearDuplicates(of: 7) { _, _ in 1 }.contains(80))
  }

  @Test(arguments: 0..<10)
  func nearDuplicatesOfOneAreThoseOfComparingAll(seed: Int) {
    let hashes = hashes(count: 100, seed: seed)
    let index = NearDuplicateIndex(perceptualHashes: hashes)
    for picture in hashes.indices {
      let expected = hashes.indices.filter {
        $0 != picture && (hashes[$0] ^ hashes[picture]).nonzeroBitCount <= 15
      }
      #expect(index.nearDuplicates(of: picture) { _, _ in 1 } == expected)
    }
  }

  @Test func duplicatesOfDuplicatesShareAGroup() {
    let hashes: [UInt64] = [0, 0xFF, 0xFFFF, .max]
    #expect(
      NearDuplicateIndex(perceptualHashes: hashes).groups { _, _ in 1 } == [0, 0, 0, 3])
  }

  @Test func noPicturesHaveNoGroups() {
    #expect(NearDuplicateIndex(perceptualHashes: []).groups { _, _ in 1 } == [])
  }

  /// All pairs of 50,000 would be 1.25 billion; this ends within the patience of a test run.
  @Test func manyHashesAreGrouped() {
    var generator = Generator(state: 1)
    var hashes = (0..<25_000).map { _ in generator.next() }
    hashes += hashes.map { $0 ^ 0b1001 }
    let found = NearDuplicateIndex(perceptualHashes: hashes).groups { _, _ in 1 }
    #expect((0..<25_000).allSatisfy { found[$0] == found[$0 + 25_000] })
  }
}
