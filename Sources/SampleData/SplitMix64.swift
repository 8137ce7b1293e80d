/// The only source of chance in the painter: Steele, Lea and Flood's SplitMix64 (OOPSLA 2014).
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in 0..<1, from the 24 bits that a `Float` can hold.
  mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  mutating func uniform(_ lower: Float, _ upper: Float) -> Float {
    lower + (upper - lower) * uniform()
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func chance(_ probability: Float) -> Bool {
    uniform() < probability
  }

  /// A bell-shaped number around 0 with standard deviation 1 (a sum of four uniform ones), within
  /// ±3.5.
  mutating func bell() -> Float {
    (uniform() + uniform() + uniform() + uniform() - 2) * 1.732
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[integer(0...elements.count - 1)]
  }

  /// Picks with chances proportional to the weights.
  mutating func pick<Element>(weighted choices: KeyValuePairs<Element, Float>) -> Element {
    var remaining = uniform() * choices.reduce(0) { $0 + $1.value }
    for (element, weight) in choices.dropLast() {
      if remaining < weight { return element }
      remaining -= weight
    }
    return choices[choices.count - 1].key
  }

  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, integer(0...index))
    }
  }
}
