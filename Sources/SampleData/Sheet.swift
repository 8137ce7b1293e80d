import Foundation

/// What a point of a surface looks like.
struct Surface {
  var colour: Vector
  /// Share of the light from behind that shines through, in 0...1: petals glow against the sun.
  var translucency: Float = 0
  /// Strength of the highlight, in 0...1.
  var gloss: Float = 0
}

/// Looks up a surface at `u` in -1...1 (across) and `v` in 0...1 (along).
typealias Material = (_ u: Float, _ v: Float) -> Surface

/// A curved rectangle of points: a petal, a leaf, a stretch of stem, a wall.
struct Sheet {
  let columnCount: Int
  let rowCount: Int
  private(set) var points: [Vector]
  private(set) var normals: [Vector]
  let material: Material

  /// Bends a grid of `columns` × `rows` points (2 or more each) into the shape.
  init(columns: Int, rows: Int, material: @escaping Material, shape: (Float, Float) -> Vector) {
    precondition(columns >= 2 && rows >= 2, "a sheet of \(columns) × \(rows) points has no area")
    columnCount = columns
    rowCount = rows
    self.material = material
    points = []
    points.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        points.append(shape(Sheet.across(column, of: columns), Float(row) / Float(rows - 1)))
      }
    }
    normals = Sheet.normals(of: points, columns: columns, rows: rows)
  }

  static func across(_ column: Int, of columns: Int) -> Float {
    Float(column) / Float(columns - 1) * 2 - 1
  }

  /// The same sheet elsewhere.
  func placed(_ placement: Placement) -> Sheet {
    var moved = self
    moved.points = points.map { placement($0) }
    moved.normals = normals.map { placement.rotation($0) }
    return moved
  }

  private static func normals(of points: [Vector], columns: Int, rows: Int) -> [Vector] {
    var normals = [Vector](repeating: .zero, count: points.count)
    for row in 0..<rows {
      for column in 0..<columns {
        let left = points[row * columns + max(column - 1, 0)]
        let right = points[row * columns + min(column + 1, columns - 1)]
        let before = points[max(row - 1, 0) * columns + column]
        let after = points[min(row + 1, rows - 1) * columns + column]
        normals[row * columns + column] = cross(right - left, after - before)
      }
    }
    // Where a sheet runs to a point, the row before the point knows the direction.
    for column in 0..<columns {
      if length(normals[column]) < 1e-9 { normals[column] = normals[columns + column] }
      let last = (rows - 1) * columns + column
      if length(normals[last]) < 1e-9 { normals[last] = normals[last - columns] }
    }
    return normals.map(normalized)
  }
}

/// Sheets that belong together.
struct Model {
  var sheets: [Sheet] = []

  mutating func add(_ sheet: Sheet) {
    sheets.append(sheet)
  }

  mutating func add(_ model: Model, placed placement: Placement = Placement()) {
    sheets += model.sheets.map { $0.placed(placement) }
  }
}
