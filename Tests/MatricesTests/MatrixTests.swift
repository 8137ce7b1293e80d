import Testing

@testable import Matrices

@Suite struct MatrixTests {
  /// Numbers in −1...1 that depend on the seed alone.
  private func random(_ rowCount: Int, _ columnCount: Int, seed: UInt64) -> Matrix {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    return Matrix(
      rowCount: rowCount, columnCount: columnCount,
      elements: (0..<rowCount * columnCount).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / Float(1 << 23) - 1
      })
  }

  private func plainProduct(_ left: Matrix, _ right: Matrix) -> Matrix {
    var product = Matrix(rowCount: left.rowCount, columnCount: right.columnCount)
    for row in 0..<left.rowCount {
      for column in 0..<right.columnCount {
        product[row, column] = Float(
          (0..<left.columnCount).reduce(0.0) {
            $0 + Double(left[row, $1]) * Double(right[$1, column])
          })
      }
    }
    return product
  }

  private func distance(_ left: Matrix, _ right: Matrix) -> Float {
    zip(left.elements, right.elements).map { abs($0 - $1) }.max() ?? 0
  }

  /// A symmetric positive definite matrix.
  private func definite(_ size: Int, seed: UInt64) -> Matrix {
    let rows = random(size, size, seed: seed)
    var matrix = plainProduct(rows, rows.transposed())
    for index in 0..<size { matrix[index, index] += 1 }
    return matrix
  }

  @Test(arguments: 0..<20)
  func productsAreSumsOfProducts(seed: Int) {
    let (m, n, k) = (1 + seed * 5 % 13, 1 + seed * 7 % 11, 1 + seed * 3 % 17)
    let left = random(m, k, seed: UInt64(seed))
    let right = random(k, n, seed: UInt64(seed + 100))
    let expected = plainProduct(left, right)
    #expect(distance(left.multiplied(by: right), expected) < 1e-5)
    #expect(
      distance(left.transposed().multiplied(by: right, transposingSelf: true), expected) < 1e-5)
    #expect(
      distance(left.multiplied(by: right.transposed(), transposingOther: true), expected) < 1e-5)
    #expect(
      distance(
        left.transposed().multiplied(
          by: right.transposed(), transposingSelf: true, transposingOther: true), expected) < 1e-5)
  }

  @Test func productsWithNothingAreZeros() {
    #expect(
      Matrix(rowCount: 2, columnCount: 0).multiplied(by: Matrix(rowCount: 0, columnCount: 3))
        == Matrix(rowCount: 2, columnCount: 3))
    #expect(
      Matrix(rowCount: 0, columnCount: 4).multiplied(by: Matrix(rowCount: 4, columnCount: 3))
        == Matrix(rowCount: 0, columnCount: 3))
  }

  @Test func scatterAddsTheChosenRowsBelowTheDiagonal() {
    let rows = random(9, 5, seed: 3)
    var scatter = Matrix(rowCount: 5, columnCount: 5)
    scatter.addScatter(of: rows, rows: 2..<7)
    scatter.addScatter(of: rows, rows: 2..<4, scale: -1)
    let chosen = rows.selectingRows(4..<7)
    let expected = plainProduct(chosen.transposed(), chosen)
    for row in 0..<5 {
      for column in 0..<5 {
        let value = column <= row ? expected[row, column] : 0
        #expect(abs(scatter[row, column] - value) < 1e-5)
      }
    }
  }

  @Test func rowProductsFillTheLowerTriangle() {
    let rows = random(6, 4, seed: 4)
    let expected = plainProduct(rows, rows.transposed())
    let products = rows.rowProducts()
    for row in 0..<6 {
      for column in 0...row { #expect(abs(products[row, column] - expected[row, column]) < 1e-5) }
    }
  }

  @Test(arguments: [1, 2, 7, 64, 65, 130])
  func factorSolvesAndInverts(size: Int) throws {
    let matrix = definite(size, seed: UInt64(size))
    let factor = try #require(CholeskyFactor(ofLowerTriangle: matrix))
    let lower = factor.lower
    let scale = Float(size)
    #expect(distance(plainProduct(lower, lower.transposed()), matrix) < 1e-5 * scale)

    let right = random(size, 3, seed: 9)
    var solved = right
    factor.solveLower(&solved)
    #expect(distance(plainProduct(lower, solved), right) < 1e-4)
    solved = right
    factor.solveLowerTransposed(&solved)
    #expect(distance(plainProduct(lower.transposed(), solved), right) < 1e-4)

    let inverse = factor.inverse()
    #expect(distance(plainProduct(inverse, matrix), .identity(size)) < 1e-4 * scale)
    #expect(inverse == inverse.transposed())
    let trace = (0..<size).reduce(0.0) { $0 + Double(inverse[$1, $1]) }
    #expect(abs(factor.inverseTrace() - trace) < 1e-4 * trace)
  }

  @Test func indefiniteMatrixHasNoFactor() {
    let matrix = Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 2, 1])
    #expect(CholeskyFactor(ofLowerTriangle: matrix) == nil)
  }

  @Test func rowsAndColumnsAreSelectedAndReplaced() {
    let matrix = Matrix(rowCount: 2, columnCount: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(
      matrix.selectingRows([1, 0], addingColumns: 1, filler: 9)
        == Matrix(rowCount: 2, columnCount: 4, elements: [4, 5, 6, 9, 1, 2, 3, 9]))
    #expect(
      matrix.selectingColumns(1..<3)
        == Matrix(rowCount: 2, columnCount: 2, elements: [2, 3, 5, 6]))
    var changed = matrix
    changed.replaceColumns(0..<2, with: matrix.selectingColumns(1..<3))
    #expect(changed.elements == [2, 3, 3, 5, 6, 6])
  }

  @Test func productsRepeatBitForBit() {
    let left = random(300, 500, seed: 1)
    let right = random(500, 200, seed: 2)
    #expect(left.multiplied(by: right) == left.multiplied(by: right))
  }

  @Test func sumOfSquaresCountsEveryElement() {
    for count in 0..<20 {
      let row = Matrix(rowCount: 1, columnCount: count, elements: (0..<count).map(Float.init))
      #expect(row.sumOfSquares == (0..<count).reduce(0.0) { $0 + Double($1 * $1) })
    }
  }
}
