extension Dahlia {
  /// The groups that growers sort dahlias into, as far as they differ in outline.
  enum Form {
    case decorative, waterLily, ball, cactus, single

    func petalCount(random: inout SplitMix64) -> Int {
      switch self {
      case .decorative: random.integer(70...130)
      case .waterLily: random.integer(36...60)
      case .ball: random.integer(110...170)
      case .cactus: random.integer(70...120)
      case .single: random.integer(8...9)
      }
    }

    /// A fully grown petal.
    func petal(random: inout SplitMix64) -> Petal {
      switch self {
      case .decorative:
        Petal(
          halfWidth: random.uniform(0.15, 0.22), baseTaper: 0.55,
          tipTaper: random.uniform(0.4, 0.7), curl: random.uniform(-0.5, 0.1),
          cup: random.uniform(0.5, 1), ruffle: random.uniform(0, 0.15))
      case .waterLily:
        Petal(
          halfWidth: random.uniform(0.2, 0.27), baseTaper: 0.6, tipTaper: random.uniform(0.4, 0.6),
          curl: random.uniform(0, 0.4), cup: random.uniform(0.5, 0.9))
      case .ball:
        Petal(
          halfWidth: random.uniform(0.11, 0.15), baseTaper: 0.5,
          tipTaper: random.uniform(0.3, 0.4), curl: 0.35, cup: random.uniform(1.3, 2))
      case .cactus:
        Petal(
          halfWidth: random.uniform(0.09, 0.13), baseTaper: 0.35,
          tipTaper: random.uniform(0.7, 1.1), curl: random.uniform(-0.5, 0.5),
          cup: random.uniform(-2.2, -1.3))
      case .single:
        Petal(
          length: 0.8, halfWidth: random.uniform(0.24, 0.28), baseTaper: 0.5,
          tipTaper: random.uniform(0.3, 0.5), rise: random.uniform(0, 0.35),
          curl: random.uniform(-0.5, 0.1), cup: random.uniform(0.2, 0.6), ruffle: 0.06)
      }
    }
  }
}
