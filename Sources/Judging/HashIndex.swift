/// Finds 64-bit hashes by their distance in bits.
struct HashIndex {
  private static let quarterCount = 4
  private static let bucketCount = 1 << 16

  private let hashes: [UInt64]
  /// For each quarter: where each of its values' bucket starts, and the end of the last.
  private let starts: [[Int32]]
  /// For each quarter: indices of hashes by the quarter's value, ascending in each bucket.
  private let buckets: [[Int32]]
  /// All 16-bit values, by how many bits they have.
  private let masks: [[Int]]

  init(_ hashes: [UInt64]) {
    self.hashes = hashes
    masks = (0..<Self.bucketCount).reduce(into: [[Int]](repeating: [], count: 17)) {
      $0[$1.nonzeroBitCount].append($1)
    }
    var starts: [[Int32]] = []
    var buckets: [[Int32]] = []
    for quarter in 0..<Self.quarterCount {
      var start = [Int32](repeating: 0, count: Self.bucketCount + 1)
      for hash in hashes { start[Self.value(of: hash, quarter) + 1] += 1 }
      for value in 0..<Self.bucketCount { start[value + 1] += start[value] }
      var next = start
      var bucket = [Int32](repeating: 0, count: hashes.count)
      for (index, hash) in hashes.enumerated() {
        let value = Self.value(of: hash, quarter)
        bucket[Int(next[value])] = Int32(index)
        next[value] += 1
      }
      starts.append(start)
      buckets.append(bucket)
    }
    self.starts = starts
    self.buckets = buckets
  }

  /// Calls back with each index whose hash lies within the distance and the distance that it has,
  /// some more than once.
  func forEach(near hash: UInt64, within distance: Int, _ body: (Int, Int) throws -> Void) rethrows
  {
    for quarter in 0..<Self.quarterCount {
      let value = Self.value(of: hash, quarter)
      for bitCount in 0...distance / Self.quarterCount {
        for mask in masks[bitCount] {
          let bucket = value ^ mask
          for position in starts[quarter][bucket]..<starts[quarter][bucket + 1] {
            let other = Int(buckets[quarter][Int(position)])
            let found = (hashes[other] ^ hash).nonzeroBitCount
            if found <= distance { try body(other, found) }
          }
        }
      }
    }
  }

  private static func value(of hash: UInt64, _ quarter: Int) -> Int {
    Int(truncatingIfNeeded: hash >> (16 * UInt64(quarter)) & 0xFFFF)
  }
}
