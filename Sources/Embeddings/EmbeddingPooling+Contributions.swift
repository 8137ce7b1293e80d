extension EmbeddingPooling {
  /// Pools maps to the embedding that the recipe's graph gives.
  ///
  /// - Parameter maps: As `Embedder.featureMaps` returns them, of a recipe's views.
  public func embedding(of maps: [[FeatureMap]]) -> [Float] { numbers(of: maps).map { Float($0) } }

  func numbers(of maps: [[FeatureMap]]) -> [Double] {
    parts(of: maps).flatMap { network, views in
      var sums = [Double](repeating: 0, count: network.dimension)
      for maps in views {
        var place = 0
        for block in network.blocks {
          let pooled = PooledBlock(block, of: maps[block.map])
          for number in pooled.numbers {
            sums[place] += Double(block.weight) * number / pooled.length
            place += 1
          }
        }
      }
      return sums.map { $0 / Double(views.count) }
    }
  }

  /// How much each position of each view speaks for a score, to first order.
  ///
  /// The gradient of the score goes back through the mean of the views, the length of each block, root
  /// and deviation to every channel at every position; there it is multiplied by how far the channel
  /// lies above its mean over the view, and summed over channels. That is what the score would lose if
  /// the position showed what the view shows on average.
  ///
  /// - Parameters:
  ///   - maps: As `Embedder.featureMaps` returns them, of a recipe's views.
  ///   - gradient: The score's derivative by each number of the embedding.
  /// - Returns: A grid for each map of each view, in the order of the maps.
  public func contributions(of maps: [[FeatureMap]], to gradient: [Float]) -> [[SaliencyMap]] {
    var offset = 0
    return parts(of: maps).flatMap { network, views in
      let own = gradient[offset..<offset + network.dimension]
      offset += network.dimension
      return views.map { maps in
        var grids = maps.map { SaliencyMap(rowCount: $0.rowCount, columnCount: $0.columnCount) }
        var start = own.startIndex
        for block in network.blocks {
          let slopes = own[start..<start + block.channelCount].map {
            Double($0) / Double(views.count)
          }
          start += block.channelCount
          PooledBlock(block, of: maps[block.map]).add(slopes, to: &grids[block.map])
        }
        return grids
      }
    }
  }

  /// Each network with the maps of its views.
  private func parts(of maps: [[FeatureMap]]) -> [(Network, ArraySlice<[FeatureMap]>)] {
    var rest = maps[...]
    return networks.map { network in
      defer { rest = rest.dropFirst(network.viewCount) }
      return (network, rest.prefix(network.viewCount))
    }
  }
}

/// A block of one view before it is weighted, and what it was made of.
private struct PooledBlock {
  let block: EmbeddingPooling.Block
  let map: FeatureMap
  /// A number for each channel.
  var numbers: [Double] = []
  private var means: [Double] = []
  private var deviations: [Double] = []
  /// The length of the numbers; never 0.
  let length: Double

  init(_ block: EmbeddingPooling.Block, of map: FeatureMap) {
    self.block = block
    self.map = map
    let count = Double(map.positionCount)
    for channel in 0..<map.channelCount {
      let values = map.channel(channel)
      let mean = values.reduce(0) { $0 + Double($1) } / count
      means.append(mean)
      switch block.statistic {
      case .mean: numbers.append(mean)
      case .rootOfMean: numbers.append(max(mean, 0).squareRoot())
      case .rootOfDeviation:
        let squares = values.reduce(0) { sum, value in
          sum + (Double(value) - mean) * (Double(value) - mean)
        }
        deviations.append((squares / count).squareRoot())
        numbers.append((squares / count).squareRoot().squareRoot())
      }
    }
    let square = numbers.reduce(0) { $0 + $1 * $1 }
    // As in the graphs: a block of zeros stays as it is.
    length = max(square.squareRoot(), 1e-12)
  }

  /// Adds what each position contributes.
  ///
  /// - Parameter slopes: The score's derivative by each number of the finished block.
  func add(_ slopes: [Double], to grid: inout SaliencyMap) {
    let along = zip(slopes, numbers).reduce(0) { $0 + $1.0 * $1.1 } / (length * length)
    let scale = Double(block.weight) / length / Double(map.positionCount)
    for channel in 0..<map.channelCount {
      // What lengthens the block without turning it is lost.
      let slope = scale * (slopes[channel] - along * numbers[channel])
      let mean = means[channel]
      switch block.statistic {
      case .mean: add(slope, channel, mean, power: 1, to: &grid)
      case .rootOfMean:
        // A channel that is silent everywhere has no slope, and contributes nothing.
        if mean > 0 { add(slope / (2 * mean.squareRoot()), channel, mean, power: 1, to: &grid) }
      case .rootOfDeviation:
        let deviation = deviations[channel]
        if deviation > 0 {
          let slope = slope / (2 * deviation * deviation.squareRoot())
          add(slope, channel, mean, power: 2, to: &grid)
        }
      }
    }
  }

  /// Adds `slope` times a power of what a channel has above its mean.
  private func add(
    _ slope: Double, _ channel: Int, _ mean: Double, power: Int, to grid: inout SaliencyMap
  ) {
    for (position, value) in map.channel(channel).enumerated() {
      let above = Double(value) - mean
      grid.values[position] += Float(slope * (power == 1 ? above : above * above))
    }
  }
}
