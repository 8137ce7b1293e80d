import Dataset
import Foundation
import Imaging
import ProjectLibrary
import Testing
import WorkbenchTesting

/// Pictures that look broken among those whose tags are suspicious.
@Suite struct PictureFaultTests {
  private func write(
    _ temporary: TemporaryLibrary, _ name: String, _ image: PixelImage
  ) throws {
    let url = try temporary.writePicture(name, classIndex: 0, seed: 0)
    try Data(image.pngData()).write(to: url)
  }

  private func plain(_ level: UInt8, width: Int = 96, height: Int = 96) -> PixelImage {
    PixelImage(
      width: width, height: height,
      pixels: [UInt8](repeating: level, count: 3 * width * height))
  }

  private func gradient() -> PixelImage {
    var pixels: [UInt8] = []
    for y in 0..<96 {
      for x in 0..<96 { pixels += [UInt8(x * 2 + 20), UInt8(y * 2 + 20), 90] }
    }
    return PixelImage(width: 96, height: 96, pixels: pixels)
  }

  @Test func brokenPicturesAreListedWithTheReason() async throws {
    let temporary = try TemporaryLibrary()
    for seed in 0..<6 {
      for (classIndex, tag) in ["red", "green"].enumerated() {
        let picture = TemporaryLibrary.picture(classIndex: classIndex, seed: seed)
        // Large squares, as sharp as can be.
        var pixels: [UInt8] = []
        for y in 0..<96 {
          for x in 0..<96 {
            let place = 3 * (y / 4 * 24 + x / 4)
            pixels += picture.pixels[place..<place + 3]
          }
        }
        try write(
          temporary, "\(tag)/\(seed).png", PixelImage(width: 96, height: 96, pixels: pixels))
      }
    }
    try write(temporary, "red/black.png", plain(4))
    try write(temporary, "red/white.png", plain(250))
    try write(temporary, "green/grey.png", plain(120))
    try write(temporary, "green/soft.png", gradient())
    try write(temporary, "red/tiny.png", TemporaryLibrary.picture(classIndex: 0, seed: 9))
    _ = try await temporary.importPhotos()
    let (library, project) = (temporary.library, temporary.project)
    _ = try await library.embedImages(of: project) { _ in }
    let learner = LiveLearner(library, project.id)
    _ = try await learner.follow()
    func faults() async throws -> [String: [PictureFault]] {
      var faults: [String: [PictureFault]] = [:]
      for item in try await learner.suspects(limit: 99) {
        for case .looks(let fault) in item.reasons {
          faults[item.image.name, default: []].append(fault)
        }
      }
      return faults
    }
    let expected: [String: [PictureFault]] = [
      "black.png": [.tooDark], "white.png": [.tooBright], "grey.png": [.nearlyOneColor],
      "soft.png": [.blurred], "tiny.png": [.tiny(side: 24)],
    ]
    #expect(try await faults() == expected)
    let items = try await learner.suspects(limit: 99)
    #expect(items.compactMap(\.score) == items.compactMap(\.score).sorted(by: >))
    #expect(items.count == 17)

    // What a person has looked at is broken no longer.
    let black = try library.images(named: "black.png", of: project.id)[0].id
    try library.confirmLabels([black], in: project.id)
    #expect(try await learner.suspects(limit: 99).last?.reasons == [.confirmed])
  }
}
