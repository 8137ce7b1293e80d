/// The sum of products, in double precision and in an order that depends on the count alone.
func dot(_ left: [Float], _ right: [Float]) -> Double {
  precondition(left.count == right.count, "\(left.count) and \(right.count) elements")
  return left.withUnsafeBufferPointer { left in
    right.withUnsafeBufferPointer { right in
      var sums = SIMD8<Double>()
      let whole = left.count / 8 * 8
      for start in stride(from: 0, to: whole, by: 8) {
        var leftPart = SIMD8<Float>()
        var rightPart = SIMD8<Float>()
        for lane in 0..<8 {
          leftPart[lane] = left[start + lane]
          rightPart[lane] = right[start + lane]
        }
        sums += SIMD8<Double>(leftPart) * SIMD8<Double>(rightPart)
      }
      var sum = sums.sum()
      for index in whole..<left.count { sum += Double(left[index]) * Double(right[index]) }
      return sum
    }
  }
}

/// Adds a multiple of one vector to another.
func add(_ factor: Float, _ vector: [Float], to sum: inout [Float]) {
  precondition(vector.count == sum.count, "\(vector.count) and \(sum.count) elements")
  sum.withUnsafeMutableBufferPointer { sum in
    vector.withUnsafeBufferPointer { vector in
      for index in vector.indices { sum[index] += factor * vector[index] }
    }
  }
}

func multiply(_ vector: inout [Float], by factor: Float) {
  vector.withUnsafeMutableBufferPointer { vector in
    for index in vector.indices { vector[index] *= factor }
  }
}

func difference(_ left: [Float], _ right: [Float]) -> [Float] {
  precondition(left.count == right.count, "\(left.count) and \(right.count) elements")
  var result = left
  add(-1, right, to: &result)
  return result
}
