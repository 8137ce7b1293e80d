import Foundation
import Imaging
import Testing

/// Files that broke other programs, with what Pillow 13 says of each.
@Suite(.enabled(if: TortureFile.folder != nil, "no torture files in TAGBENCH_TEST_DATA"))
struct TortureTests {
  /// Where we say something else than Pillow, and why.
  static let disagreements: [String: String] = [
    "chafa/pixel.heif":
      "read: Pillow has no HEIC",
    "fuzz_gofuzz/96f6b7c6545f3057817a1723e2350007bc72479e-1.png":
      "refused: the file ends within a chunk of pixels, which libpng reads whole or not at all",
    "fuzz_mixed/4c5b82ba0a9c12356007bd71e52185b2.png":
      "read: Pillow stumbles over an sRGB chunk that is too short; we do not look at it",
    "fuzz_mixed/e76546768d4a8f2f4c39339345c7614c.png":
      "read: Pillow stumbles over a pHYs chunk that is too short; we do not look at it",
    "fuzz_mixed/m1-1fc0c0de88608a9445d6f98a544b5abc.png":
      "read: the damage comes after the last pixel",
    "pillow/pal8oversizepal.bmp":
      "read: Pillow refuses 300 colours; a pixel of 8 bits cannot mean one of the last 44",
    "pillow/truncated_end_chunk.png":
      "read: the file ends after the last pixel",
    "png_bugfixes/issue_430.png":
      "read: Pillow refuses an iCCP chunk with a wrong checksum; we do not look at it",
  ]

  @Test(arguments: TortureFile.all)
  func isReadOrRefusedAsByPillow(file: TortureFile) throws {
    let bytes = try Data(contentsOf: file.url)
    let isRead: Bool
    do {
      _ = try decodeImage(Array(bytes))
      isRead = true
    } catch {
      isRead = false
      if file.isOfOurFormats { #expect(error != .notAnImage) }
      // What Pillow reads and we do not is named, not passed over.
      if ["AVIF", "JPEG2000", "TIFF"].contains(file.format) { #expect(error != .notAnImage) }
      if case .decoderMissing = error { return }
    }
    let agrees = isRead == (file.pillowReads && file.isOfOurFormats)
    #expect(agrees == (Self.disagreements[file.name] == nil))
  }

  @Test func everyDisagreementIsAboutAFileThatExists() {
    #expect(Set(Self.disagreements.keys).isSubset(of: TortureFile.all.map(\.name)))
  }

  @Test(.enabled(if: Pillow.isThere, "TAGBENCH_TEST_PYTHON names no Python with Pillow"))
  func pixelsAreThoseOfPillow() throws {
    let pillow = try Pillow()
    for file in TortureFile.all where file.pillowReads && file.isOfOurFormats {
      guard Self.disagreements[file.name] == nil else { continue }
      let ours = try decodeImage(Array(Data(contentsOf: file.url)))
      let theirs = try #require(try pillow.picture(at: file.url, size: nil), "\(file.name)")
      try #require((ours.width, ours.height) == (theirs.width, theirs.height), "\(file.name)")
      #expect(largestDifference(ours, theirs) <= 1, "\(file.name)")
      let resized = try #require(try pillow.picture(at: file.url, size: (224, 224)))
      #expect(
        largestDifference(ours.resized(toWidth: 224, height: 224), resized) <= 1, "\(file.name)")
    }
  }
}

/// One line of the manifest.
struct TortureFile: Sendable, CustomTestStringConvertible {
  let name: String
  let url: URL
  let pillowReads: Bool
  /// As Pillow calls it; of a file that it does not read, its complaint.
  let format: String
  let isOfOurFormats: Bool

  var testDescription: String { name }

  /// `nil` where the test data is not there.
  static let folder: URL? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let data =
      ProcessInfo.processInfo.environment["TAGBENCH_TEST_DATA"].map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared/data")
    let folder = data.appendingPathComponent("torture")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static let all: [TortureFile] = {
    // No manifest, no files: the suite is not enabled then.
    guard let folder,
      let manifest = try? String(
        contentsOf: folder.appendingPathComponent("MANIFEST.tsv"), encoding: .utf8)
    else { return [] }
    return manifest.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let url = folder.appendingPathComponent(fields[0])
      // The manifest names the format only of files that Pillow reads; of the others, their name does.
      let isOfOurFormats =
        fields[5] == "ok"
        ? ["JPEG", "PNG", "GIF", "BMP", "WEBP"].contains(fields[6]) : isOurs(contentOf: url)
      return TortureFile(
        name: fields[0], url: url, pillowReads: fields[5] == "ok", format: fields[6],
        isOfOurFormats: isOfOurFormats)
    }
  }()

  private static func isOurs(contentOf url: URL) -> Bool {
    // A file that cannot be read fails the test that reads it.
    guard let bytes = try? Data(contentsOf: url) else { return false }
    return imageFormat(of: Array(bytes)) != nil
  }
}
