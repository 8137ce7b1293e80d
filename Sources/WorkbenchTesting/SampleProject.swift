public import Dataset
import Evaluation
import Matrices
public import Workbench

/// Made-up projects with ids that are counted up, so that tests can name them.
public enum SampleProject {
  public static func tagID(_ number: Int) -> TagID { TagID(GUID(high: 1, low: UInt64(number))) }

  public static func imageID(_ number: Int) -> ImageID {
    ImageID(GUID(high: 2, low: UInt64(number)))
  }

  public static func content(_ number: Int) -> ContentHash {
    let bytes = (0..<32).map { UInt8(truncatingIfNeeded: number >> (8 * min($0, 7))) }
    guard let hash = ContentHash(bytes: bytes) else { preconditionFailure("32 bytes are a hash") }
    return hash
  }

  public static func project(_ type: ClassificationType = .multiclass) -> Project {
    Project(
      id: ProjectID(GUID(high: 3, low: 1)), name: "flowers", type: type, domain: .general)
  }

  /// Tags 1, 2, 3… of these names; a name that begins with `!` is of the negative tag.
  public static func tags(_ names: [String]) -> [Tag] {
    names.enumerated().map { index, name in
      Tag(
        id: tagID(index + 1), name: name.hasPrefix("!") ? String(name.dropFirst()) : name,
        kind: name.hasPrefix("!") ? .negative : .regular)
    }
  }

  /// Image `number`, from 0: `flower-007.jpg`.
  public static func image(_ number: Int, name: String? = nil, tags: [TagID] = []) -> Image {
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    let name = name ?? "flower-\(padded).jpg"
    return Image(
      id: imageID(number), content: content(number), name: name, path: "photos/\(name)",
      width: 320 + number % 7 * 16, height: 240, byteCount: 21_000 + number * 137,
      perceptualHash: UInt64(number), tags: tags)
  }

  /// A library of `count` images, of which each third is untagged and the others take turns in the
  /// tags.
  public static func library(
    imageCount: Int, tags names: [String], type: ClassificationType = .multiclass
  ) -> MemoryLibrary {
    let tags = tags(names)
    let images = (0..<imageCount).map { number in
      let isTagged = number % 3 != 2 && !tags.isEmpty
      return image(number, tags: isTagged ? [tags[number % tags.count].id] : [])
    }
    return MemoryLibrary(project: project(type), tags: tags, images: images)
  }

  /// Figures of an iteration over images of these tags; the last image of a tag is mistaken for the
  /// next tag.
  ///
  /// A tag with a single image has unknown figures.
  public static func report(
    number: Int = 1, tags: [Tag], imageCounts: [Int]
  ) -> IterationReport {
    detail(number: number, tags: tags, imageCounts: imageCounts).report
  }

  /// The same with all that a threshold needs.
  public static func detail(
    number: Int = 1, tags: [Tag], imageCounts: [Int]
  ) -> IterationDetail {
    let given = imageCounts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    var probabilities = Matrix(rowCount: given.count, columnCount: tags.count)
    for (row, tag) in given.enumerated() {
      let isLast = row + 1 == given.count || given[row + 1] != tag
      let predicted = isLast ? (tag + 1) % tags.count : tag
      for column in tags.indices {
        probabilities[row, column] = column == predicted ? 0.75 : 0.25 / Float(tags.count)
      }
    }
    let predictions = Predictions(
      probabilities, isKnownRow: given.map { imageCounts[$0] > 1 },
      isKnownClass: imageCounts.map { $0 > 1 })
    let targets = Targets.multiclass(given)
    let performance = Performance(of: predictions, against: targets)
    let report = IterationReport(
      iteration: Iteration(
        id: IterationID(GUID(high: 4, low: UInt64(number))), number: number,
        name: "Iteration \(number)", position: 100, trainedAt: 1_790_000_000, seconds: 4.2,
        type: .multiclass, domain: .general, imageCount: given.count),
      tags: tags, performance: performance)
    return IterationDetail(
      report: report, counts: ThresholdCounts(of: predictions, against: targets),
      calibration: CalibrationCurve(ofTopClassesOf: predictions, against: targets))
  }
}
