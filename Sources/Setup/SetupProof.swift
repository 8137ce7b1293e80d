/// A picture and the embedding that a recipe must give for it.
public struct SetupProof: Sendable {
  /// Name of the recipe, as `compact`.
  public let recipe: String
  public let picture: ProofPicture
  /// What was measured where the recipe was made.
  public let embedding: [Float]

  /// The least cosine between the pinned and the measured embedding. Rounding on other processors
  /// costs less than a millionth; a wrong weight, view or order costs far more.
  public static let requiredCosine = 0.9999

  public init(recipe: String, picture: ProofPicture, embedding: [Float]) {
    self.recipe = recipe
    self.picture = picture
    self.embedding = embedding
  }

  /// Compares a measured embedding with the pinned one.
  ///
  /// - Throws: `.proofFailed`, also for another number of numbers or a value that is not finite.
  func check(_ measured: [Float]) throws(SetupError) {
    let cosine = Self.cosine(measured, embedding)
    guard cosine >= Self.requiredCosine else {
      throw .proofFailed(recipe: recipe, cosine: cosine, required: Self.requiredCosine)
    }
  }

  static func cosine(_ left: [Float], _ right: [Float]) -> Double {
    guard left.count == right.count, left.allSatisfy(\.isFinite) else { return 0 }
    func dot(_ left: [Float], _ right: [Float]) -> Double {
      zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let lengths = dot(left, left).squareRoot() * dot(right, right).squareRoot()
    return lengths > 0 ? dot(left, right) / lengths : 0
  }
}

/// The picture that proves a runtime: drawn by arithmetic, so that no decoder has a part in it.
public struct ProofPicture: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// `width * height * 3` bytes: red, green, blue, row after row from the top.
  public let pixels: [UInt8]

  /// A yellow disc with a dark middle on a ramp from blue to green, with a grain of seven pixels;
  /// not symmetric, so that a view that is not mirrored shows.
  public static let disc = ProofPicture(width: 360, height: 270) { x, y in
    let grain = (x * 7 + y * 13) % 7 * 4
    let distance = (x - 130) * (x - 130) + (y - 120) * (y - 120)
    if distance < 30 * 30 { return (70 + grain, 40, 20) }
    if distance < 90 * 90 { return (230, 190 + grain, 30) }
    return (20 + x / 6, 60 + y / 2, 200 - x / 3 + grain)
  }

  /// Slanted stripes in red and white under a dark bar: nothing of it is like the disc.
  static let stripes = ProofPicture(width: 300, height: 400) { x, y in
    if y < 70 { return (25, 20, 35) }
    return (x + 2 * y) / 24 % 2 == 0 ? (200, 30, 40 + x / 8) : (240, 235, 225)
  }

  /// - Parameter colour: Red, green and blue at a place, each 0…255.
  init(width: Int, height: Int, colour: (Int, Int) -> (Int, Int, Int)) {
    self.width = width
    self.height = height
    pixels = (0..<width * height).flatMap { index in
      let (red, green, blue) = colour(index % width, index / width)
      return [UInt8(red), UInt8(green), UInt8(blue)]
    }
  }
}
