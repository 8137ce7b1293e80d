import Foundation
import Imaging
import Testing

@testable import SampleData

/// Holds the pictures in `sample-data` against the plan they were drawn from.
@Suite struct CommittedSampleTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("sample-data")

  private let plan = SamplePlan()

  @Test func foldersHoldThePlannedFilesAndNothingElse() throws {
    let manager = FileManager.default
    let top = try manager.contentsOfDirectory(atPath: CommittedSampleTests.folder.path)
    #expect(top.sorted() == ["README.md", "daffodil", "dahlia", "daisy"])
    var found: [String] = []
    for tag in Species.allCases {
      found += try manager.contentsOfDirectory(
        atPath: CommittedSampleTests.folder.appendingPathComponent(tag.rawValue).path
      ).map { "\(tag.rawValue)/\($0)" }
    }
    #expect(found.sorted() == plan.pictures.map(\.path))
  }

  @Test func readmeListsWhatThePlanSays() throws {
    let text = try String(
      contentsOf: CommittedSampleTests.folder.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(text == SampleReadme(plan: plan).text)
  }

  @Test func everythingFitsInFourMegabytes() throws {
    #expect(try plan.pictures.reduce(0) { try $0 + bytes(of: $1).count } < 4_000_000)
  }

  @Test func picturesAreOfThePlannedSizeAndFormat() throws {
    for picture in plan.pictures where picture.damage == nil {
      let bytes = try bytes(of: picture)
      let image = try decodeImage(bytes)
      #expect(image.width == picture.width && image.height == picture.height, "\(picture.path)")
      #expect(256...400 ~= image.width && 256...400 ~= image.height, "\(picture.path)")
      #expect(imageFormat(of: bytes) == (picture.format == .png ? .png : .jpeg), "\(picture.path)")
    }
  }

  @Test func brokenFilesLookLikePicturesButDoNotDecode() throws {
    #expect(plan.broken.count == 2)
    for picture in plan.broken {
      let bytes = try bytes(of: picture)
      #expect(imageFormat(of: bytes) != nil)
      #expect(throws: ImagingError.self, "\(picture.path)") { try decodeImage(bytes) }
    }
  }

  @Test func nearDuplicatesLookAlikeAndDiffer() throws {
    for (first, second) in plan.nearDuplicates {
      let (one, two) = (try bytes(of: first), try bytes(of: second))
      #expect(one != two)
      let distance =
        perceptualHash(of: try decodeImage(one))
        ^ perceptualHash(of: try decodeImage(two))
      #expect(distance.nonzeroBitCount <= 12, "\(first.path) and \(second.path)")
    }
  }

  /// The committed files come from this program: the same but for what another encoder or another
  /// mathematics library may change.
  @Test(arguments: [1, 41, 81])
  func committedPicturesAreThePainters(index: Int) throws {
    let picture = plan.pictures[index]
    let committed = try decodeImage(try bytes(of: picture)).pixels
    let painted = try decodeImage(try picture.fileBytes()).pixels
    try #require(committed.count == painted.count)
    let difference = zip(committed, painted).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(Double(difference) / Double(painted.count) < 1.5)
  }

  /// Leave-one-out nearest class mean of the mean colour: what one that is blind to form reaches.
  @Test func meanColourDoesNotTellTheTagsApart() throws {
    let pictures = plan.pictures.filter { $0.damage == nil }
    let colours = try pictures.map { try meanColour(of: decodeImage(try bytes(of: $0))) }
    var right = 0
    for (index, picture) in pictures.enumerated() {
      let distances = Species.allCases.map { tag in
        let others = pictures.indices.filter { $0 != index && pictures[$0].tag == tag }
        let mean = others.reduce(SIMD3<Double>.zero) { $0 + colours[$1] } / Double(others.count)
        let away = colours[index] - mean
        return (away * away).sum()
      }
      let nearest = distances.indices.min { distances[$0] < distances[$1] }
      if nearest.map({ Species.allCases[$0] }) == picture.tag { right += 1 }
    }
    #expect(Double(right) / Double(pictures.count) < 0.7)
  }

  private func bytes(of picture: SamplePlan.Picture) throws -> [UInt8] {
    [UInt8](
      try Data(contentsOf: CommittedSampleTests.folder.appendingPathComponent(picture.path)))
  }

  private func meanColour(of image: PixelImage) -> SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for start in stride(from: 0, to: image.pixels.count, by: 3) {
      sum += SIMD3(
        Double(image.pixels[start]), Double(image.pixels[start + 1]),
        Double(image.pixels[start + 2]))
    }
    return sum / Double(image.width * image.height)
  }
}
