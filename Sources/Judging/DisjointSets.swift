/// Sets that only ever join (Galler & Fischer, "An improved equivalence algorithm", 1964).
struct DisjointSets {
  private var parents: [Int]

  /// Makes as many sets of one.
  init(count: Int) { parents = Array(0..<count) }

  /// The least element of the set that an element is in.
  mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  /// Joins the sets of two elements.
  mutating func join(_ first: Int, _ second: Int) {
    let (first, second) = (root(of: first), root(of: second))
    // The least element stays the root.
    parents[max(first, second)] = min(first, second)
  }
}
