/// Images by their numbers, a bit for each up to the largest.
struct ImageNumberSet: Hashable, Sendable {
  private var words: [UInt64] = []

  init() {}

  init(_ numbers: some Sequence<ImageNumber>) { for number in numbers { insert(number) } }

  /// - Parameter number: Not negative, as all that the database gives.
  mutating func insert(_ number: ImageNumber) {
    let word = Int(number >> 6)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
    }
    words[word] |= 1 << UInt64(number & 63)
  }

  func contains(_ number: ImageNumber) -> Bool {
    let word = Int(number >> 6)
    return word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
  }

  mutating func formUnion(_ other: Self) {
    if words.count < other.words.count {
      words.append(contentsOf: repeatElement(0, count: other.words.count - words.count))
    }
    for index in other.words.indices { words[index] |= other.words[index] }
  }

  mutating func formIntersection(_ other: Self) {
    words.removeLast(max(0, words.count - other.words.count))
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func subtract(_ other: Self) {
    for index in 0..<min(words.count, other.words.count) { words[index] &= ~other.words[index] }
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The numbers, smallest first.
  var numbers: [ImageNumber] {
    var numbers: [ImageNumber] = []
    numbers.reserveCapacity(count)
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        numbers.append(ImageNumber(index << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return numbers
  }
}
