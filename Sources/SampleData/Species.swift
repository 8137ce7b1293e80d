/// The three kinds of flower; the raw value is the tag, and so the folder.
enum Species: String, CaseIterable {
  case daisy, daffodil, dahlia
}

/// One cultivar: all heads of a picture share it.
enum Cultivar {
  case daisy(Daisy)
  case daffodil(Daffodil)
  case dahlia(Dahlia)

  init(_ species: Species, random: inout SplitMix64) {
    switch species {
    case .daisy: self = .daisy(Daisy(random: &random))
    case .daffodil: self = .daffodil(Daffodil(random: &random))
    case .dahlia: self = .dahlia(Dahlia(random: &random))
    }
  }

  func head(random: inout SplitMix64) -> Model {
    switch self {
    case .daisy(let daisy): daisy.head(random: &random)
    case .daffodil(let daffodil): daffodil.head(random: &random)
    case .dahlia(let dahlia): dahlia.head(random: &random)
    }
  }

  /// How far behind the head the stem begins.
  var neck: Float {
    switch self {
    case .daisy, .dahlia: 0.12
    case .daffodil: 0.5
    }
  }

  var stemRadius: Float {
    switch self {
    case .daisy: 0.04
    case .daffodil: 0.07
    case .dahlia: 0.075
    }
  }
}
