/// The nearest surface at every pixel of a frame.
struct FrameBuffer {
  struct Sample {
    /// Index of the sheet; -1 where there is nothing.
    var sheet: Int32 = -1
    var u: Float = 0
    var v: Float = 0
    var normal = Vector.zero
  }

  let width: Int
  let height: Int
  private(set) var nearness: [Float]
  private(set) var samples: [Sample]

  /// Draws the sheets as `camera` sees them; with `depthOnly`, as for a shadow map, `samples` stays
  /// empty.
  init(width: Int, height: Int, model: Model, camera: Camera, depthOnly: Bool = false) {
    self.width = width
    self.height = height
    nearness = [Float](repeating: -.infinity, count: width * height)
    samples = [Sample](repeating: Sample(), count: depthOnly ? 0 : width * height)
    for (index, sheet) in model.sheets.enumerated() {
      draw(sheet, index: Int32(index), camera: camera, depthOnly: depthOnly)
    }
  }

  private mutating func draw(_ sheet: Sheet, index: Int32, camera: Camera, depthOnly: Bool) {
    let projections = sheet.points.map(camera.project)
    let columns = sheet.columnCount
    for row in 0..<sheet.rowCount - 1 {
      for column in 0..<columns - 1 {
        let corner = row * columns + column
        for triangle in [
          (corner, corner + 1, corner + columns),
          (corner + 1, corner + columns + 1, corner + columns),
        ] {
          guard let a = projections[triangle.0], let b = projections[triangle.1],
            let c = projections[triangle.2]
          else { continue }
          fill(a, b, c) { frame, pixel, wa, wb, wc in
            if depthOnly { return }
            func v(_ vertex: Int) -> Float { Float(vertex / columns) / Float(sheet.rowCount - 1) }
            func u(_ vertex: Int) -> Float { Sheet.across(vertex % columns, of: columns) }
            frame.samples[pixel] = Sample(
              sheet: index,
              u: wa * u(triangle.0) + wb * u(triangle.1) + wc * u(triangle.2),
              v: wa * v(triangle.0) + wb * v(triangle.1) + wc * v(triangle.2),
              normal: sheet.normals[triangle.0] * wa + sheet.normals[triangle.1] * wb
                + sheet.normals[triangle.2] * wc)
          }
        }
      }
    }
  }

  /// Visits the pixels whose centres lie in the triangle and where it is the nearest so far, with
  /// the weights of the three corners.
  @inline(__always)
  private mutating func fill(
    _ a: Camera.Projection, _ b: Camera.Projection, _ c: Camera.Projection,
    _ visit: (inout FrameBuffer, Int, Float, Float, Float) -> Void
  ) {
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    guard abs(area) > 1e-6 else { return }
    let left = max(min(a.x, b.x, c.x).rounded(.up), 0)
    let right = min(max(a.x, b.x, c.x).rounded(.down), Float(width - 1))
    let top = max(min(a.y, b.y, c.y).rounded(.up), 0)
    let bottom = min(max(a.y, b.y, c.y).rounded(.down), Float(height - 1))
    guard left <= right, top <= bottom else { return }
    for y in Int(top)...Int(bottom) {
      for x in Int(left)...Int(right) {
        let px = Float(x)
        let py = Float(y)
        let sa = ((b.x - px) * (c.y - py) - (b.y - py) * (c.x - px)) / area
        let sb = ((c.x - px) * (a.y - py) - (c.y - py) * (a.x - px)) / area
        let sc = 1 - sa - sb
        guard sa >= 0, sb >= 0, sc >= 0 else { continue }
        let near = sa * a.nearness + sb * b.nearness + sc * c.nearness
        let pixel = y * width + x
        guard near > nearness[pixel] else { continue }
        nearness[pixel] = near
        let total = sa * a.weight + sb * b.weight + sc * c.weight
        visit(&self, pixel, sa * a.weight / total, sb * b.weight / total, sc * c.weight / total)
      }
    }
  }
}
