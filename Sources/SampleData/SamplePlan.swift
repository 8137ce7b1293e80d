/// Which pictures there are: the decisions behind sample-data, before anything is drawn.
struct SamplePlan {
  enum Format: String {
    case jpeg = "jpg"
    case png
  }

  enum Damage {
    /// The file ends early, as after an interrupted copy.
    case truncated
    /// Bytes in the middle are overwritten, as on a bad disk.
    case overwritten
  }

  struct Picture {
    /// The folder it lies in.
    let tag: Species
    /// What it shows; differs from the tag where the tag is wrong.
    let shown: Species
    let number: Int
    let width: Int
    let height: Int
    let format: Format
    /// Of the JPEG, in 1...100.
    let quality: Int
    /// Of the scene; near-duplicates share it.
    let seed: UInt64
    var retake: Scene.Retake?
    var damage: Damage?

    var path: String {
      let digits = String(number)
      let padded = String(repeating: "0", count: 3 - digits.count) + digits
      return "\(tag.rawValue)/\(tag.rawValue)-\(padded).\(format.rawValue)"
    }
  }

  static let picturesPerTag = 40
  static let defaultSeed: UInt64 = 2028

  let seed: UInt64
  /// Sorted by tag and number.
  let pictures: [Picture]
  /// First shot and second shot of the same scene.
  let nearDuplicates: [(first: Picture, second: Picture)]

  var wronglyTagged: [Picture] { pictures.filter { $0.shown != $0.tag } }
  var broken: [Picture] { pictures.filter { $0.damage != nil } }

  init(seed: UInt64 = defaultSeed) {
    var random = SplitMix64(seed: seed)
    var pictures: [Picture] = []
    var nearDuplicates: [(first: Picture, second: Picture)] = []
    for tag in Species.allCases {
      // Special pictures get numbers by lot, so that a number says nothing.
      var numbers = Array(1...SamplePlan.picturesPerTag)
      random.shuffle(&numbers)
      for shown in SamplePlan.wrongs(in: tag) {
        pictures.append(
          SamplePlan.picture(tag, shown: shown, number: numbers.removeLast(), random: &random))
      }
      for retake in SamplePlan.retakes(in: tag) {
        let first = SamplePlan.picture(
          tag, shown: tag, number: numbers.removeLast(), random: &random)
        let second = SamplePlan.retaken(first, retake, number: numbers.removeLast())
        pictures += [first, second]
        nearDuplicates.append((first, second))
      }
      if let (damage, format) = SamplePlan.damage(in: tag) {
        var picture = SamplePlan.picture(
          tag, shown: tag, number: numbers.removeLast(), format: format, random: &random)
        picture.damage = damage
        pictures.append(picture)
      }
      for number in numbers {
        pictures.append(SamplePlan.picture(tag, shown: tag, number: number, random: &random))
      }
    }
    self.seed = seed
    self.pictures = pictures.sorted { $0.path < $1.path }
    self.nearDuplicates = nearDuplicates
  }

  private static func wrongs(in tag: Species) -> [Species] {
    switch tag {
    case .daisy: [.dahlia, .daffodil]
    case .daffodil: [.daisy]
    case .dahlia: [.daisy, .daffodil]
    }
  }

  private static func retakes(in tag: Species) -> [Scene.Retake] {
    switch tag {
    case .daisy: [Scene.Retake(shift: Vector(0.015, -0.01, 0), exposure: 1.06)]
    case .daffodil: [Scene.Retake(exposure: 1.18), Scene.Retake(shift: Vector(-0.01, 0.012, 0))]
    case .dahlia: [Scene.Retake(shift: Vector(0.012, 0.008, 0), exposure: 0.9)]
    }
  }

  private static func damage(in tag: Species) -> (Damage, Format)? {
    switch tag {
    case .daisy: nil
    case .daffodil: (.truncated, .jpeg)
    case .dahlia: (.overwritten, .png)
    }
  }

  private static func picture(
    _ tag: Species, shown: Species, number: Int, format: Format? = nil, random: inout SplitMix64
  ) -> Picture {
    let format = format ?? (random.chance(0.17) ? .png : .jpeg)
    // PNG keeps every bit of noise, so those pictures are small and clean.
    let sizes =
      format == .png
      ? [(256, 256), (320, 256), (256, 320)]
      : [
        (400, 300), (300, 400), (384, 288), (288, 384), (384, 256), (256, 384), (320, 320),
        (400, 267),
        (360, 270), (300, 300), (336, 256), (256, 320),
      ]
    let (width, height) = random.pick(sizes)
    return Picture(
      tag: tag, shown: shown, number: number, width: width, height: height, format: format,
      quality: random.integer(80...90), seed: random.next())
  }

  private static func retaken(_ first: Picture, _ retake: Scene.Retake, number: Int) -> Picture {
    Picture(
      tag: first.tag, shown: first.shown, number: number, width: first.width, height: first.height,
      format: first.format, quality: first.quality - 8, seed: first.seed, retake: retake)
  }
}
