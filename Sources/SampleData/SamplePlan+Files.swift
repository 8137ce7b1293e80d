import Imaging

extension SamplePlan.Picture {
  /// Draws and encodes the picture: the bytes of its file, damage included.
  func fileBytes() throws -> [UInt8] {
    let scene = Scene(
      of: shown, width: width, height: height, clean: format == .png, seed: seed)
    let image = scene.render(retake ?? Scene.Retake())
    var bytes: [UInt8]
    switch format {
    case .jpeg: bytes = try image.jpegData(quality: quality)
    case .png: bytes = try image.pngData()
    }
    switch damage {
    case nil:
      break
    case .truncated:
      bytes.removeLast(bytes.count * 2 / 5)
    case .overwritten:
      let middle = bytes.count / 2
      for index in middle..<middle + 64 { bytes[index] = 0 }
    }
    return bytes
  }
}
