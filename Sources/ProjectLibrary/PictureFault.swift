import Dataset
import Imaging
import ProjectStore

/// What looks wrong with a picture itself, whatever it is tagged.
public enum PictureFault: Hashable, Sendable {
  case nearlyOneColor
  case tooDark
  case tooBright
  case blurred
  /// One side is so many times the other.
  case oddShape(ratio: Double)
  /// It has so many pixels on its shorter side, far fewer than the others.
  case tiny(side: Int)
}

extension PictureFault {
  /// Chosen on 305 photos of five sets and damaged copies of 120: none of the photos comes near the first
  /// three (the darkest 5 % brightest pixels begin at 71, the lightest 5 % darkest end at 113, the least
  /// spread is 44), and one in a hundred is as blurred.
  private static let leastSpread = 12.0
  private static let leastBrightLuma = 40
  private static let mostDarkLuma = 215
  private static let mostBlur = 0.57
  private static let mostRatio = 4.0
  private static let leastSide = 64
  private static let leastShareOfMedianSide = 0.25

  /// How much a picture with the fault should be looked at first, 0…1, beside suspicious tags.
  var score: Double {
    switch self {
    case .nearlyOneColor, .tooDark, .tooBright: 0.99
    case .blurred: 0.8
    case .oddShape, .tiny: 0.6
    }
  }

  /// The faults that pictures' measures show, and their thumbnails' traits where these are known.
  static func faults(
    of pictures: [(image: Image, traits: PictureTraits?)]
  ) -> [[PictureFault]] {
    let sides = pictures.map { min($0.image.width, $0.image.height) }.sorted()
    let median = sides.isEmpty ? 0 : sides[sides.count / 2]
    return pictures.map { image, traits in
      faults(width: image.width, height: image.height, medianSide: median, traits)
    }
  }

  private static func faults(
    width: Int, height: Int, medianSide: Int, _ traits: PictureTraits?
  ) -> [PictureFault] {
    var faults: [PictureFault] = []
    if let traits {
      // One word for each picture: what is black is also plain and blurred.
      if traits.brightLuma < leastBrightLuma {
        faults.append(.tooDark)
      } else if traits.darkLuma > mostDarkLuma {
        faults.append(.tooBright)
      } else if traits.colorSpread < leastSpread {
        faults.append(.nearlyOneColor)
      } else if traits.blur > mostBlur {
        faults.append(.blurred)
      }
    }
    let (shorter, longer) = (min(width, height), max(width, height))
    let ratio = Double(longer) / Double(max(shorter, 1))
    if ratio > mostRatio { faults.append(.oddShape(ratio: ratio)) }
    if shorter < leastSide, Double(shorter) <= leastShareOfMedianSide * Double(medianSide) {
      faults.append(.tiny(side: shorter))
    }
    return faults
  }
}

extension Library {
  /// How pictures came out, by their thumbnails, two at a time; `nil` where none is kept.
  func traits(of contents: [ContentHash]) throws -> [PictureTraits?] {
    var traits: [PictureTraits?] = []
    traits.reserveCapacity(contents.count)
    try inOrder(contents, concurrency: ImportRunner.readerCount) { content in
      Result {
        try self.cache.thumbnail(of: content)
          .flatMap { try? decodeImage($0) }  // A damaged one is as good as none.
          .map(PictureTraits.init(of:))
      }
    } consume: { _, result in
      traits.append(try result.get())
    }
    return traits
  }
}
