import Foundation
import Imaging
import Testing

/// A file and the pixels that Pillow sees in it; made by `Fixtures/make_fixtures.py`.
struct PictureFixture: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let file: Data
  let width: Int
  let height: Int
  let rgb: Data

  var bytes: [UInt8] { Array(file) }
  var picture: PixelImage { PixelImage(width: width, height: height, pixels: Array(rgb)) }
  var testDescription: String { name }

  static let png: [PictureFixture] = read("png.json")
  static let jpeg: [PictureFixture] = read("jpeg.json")
  static let gif: [PictureFixture] = read("gif.json")
  static let bmp: [PictureFixture] = read("bmp.json")
  static let webp: [PictureFixture] = read("webp.json")
  static let all = png + jpeg + gif + bmp + webp
  /// JPEGs with their pixels at a part of their size.
  static let reduced: [PictureFixture] = read("reduced.json")
  /// Of use only where libheif is installed.
  static let heic: [PictureFixture] = read("heic.json")

  static func named(_ name: String) throws -> PictureFixture {
    try #require(all.first { $0.name == name })
  }
}

/// A picture and Pillow's bicubic resizes of it.
struct ResizeFixture: Decodable, Sendable {
  struct Result: Decodable, Sendable, CustomTestStringConvertible {
    let width: Int
    let height: Int
    let rgb: Data

    var picture: PixelImage { PixelImage(width: width, height: height, pixels: Array(rgb)) }
    var testDescription: String { "\(width) × \(height)" }
  }

  let width: Int
  let height: Int
  let rgb: Data
  let results: [Result]

  var source: PixelImage { PixelImage(width: width, height: height, pixels: Array(rgb)) }

  static let standard: ResizeFixture = read("resize.json")
}

private func read<Value: Decodable>(_ name: String) -> Value {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures").appendingPathComponent(name)
  do {
    return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
  } catch {
    // Committed beside the test: without it nothing can be said.
    fatalError("\(url.path): \(error)")
  }
}
