import Testing

@testable import Embeddings

@Suite struct EmbeddingPoolingTests {
  private typealias Block = EmbeddingPooling.Block

  /// Two networks: one of two views with all kinds of blocks, one of a single view.
  private static let pooling = EmbeddingPooling(networks: [
    EmbeddingPooling.Network(
      viewCount: 2,
      blocks: [
        Block(map: 0, channelCount: 4, statistic: .rootOfMean, weight: 1),
        Block(map: 0, channelCount: 4, statistic: .rootOfDeviation, weight: 0.7),
        Block(map: 1, channelCount: 3, statistic: .mean, weight: 0.4),
      ]),
    EmbeddingPooling.Network(
      viewCount: 1, blocks: [Block(map: 0, channelCount: 2, statistic: .mean, weight: 1)]),
  ])

  private static func maps(seed: Int) -> [[FeatureMap]] {
    var generator = Generator(state: UInt64(seed))
    func map(_ channels: Int, _ rows: Int, _ columns: Int, from least: Float) -> FeatureMap {
      FeatureMap(
        channelCount: channels, rowCount: rows, columnCount: columns,
        values: (0..<channels * rows * columns).map { _ in
          Float.random(in: least...2, using: &generator)
        })
    }
    return [
      [map(4, 3, 2, from: 0), map(3, 2, 2, from: -2)],
      [map(4, 2, 4, from: 0), map(3, 3, 3, from: -2)],
      [map(2, 2, 3, from: -2)],
    ]
  }

  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  @Test func blocksAreRootsAndMeansOfUnitLength() {
    let map = FeatureMap(channelCount: 2, rowCount: 1, columnCount: 2, values: [2, 6, 9, 9])
    func embedding(_ statistic: EmbeddingPooling.Statistic) -> [Float] {
      EmbeddingPooling(networks: [
        EmbeddingPooling.Network(
          viewCount: 1,
          blocks: [Block(map: 0, channelCount: 2, statistic: statistic, weight: 0.5)])
      ]).embedding(of: [[map]])
    }
    // Means 4 and 9; deviations 2 and 0.
    for (found, expected) in zip(embedding(.mean), [4 / 97.0.squareRoot(), 9 / 97.0.squareRoot()]) {
      #expect(abs(Double(found) - expected / 2) < 1e-6)
    }
    for (found, expected) in zip(
      embedding(.rootOfMean), [2 / 13.0.squareRoot(), 3 / 13.0.squareRoot()])
    {
      #expect(abs(Double(found) - expected / 2) < 1e-6)
    }
    #expect(embedding(.rootOfDeviation) == [0.5, 0])
  }

  /// What a position contributes is the slope of the score when all channels move away from their means
  /// there.
  @Test(arguments: 0..<20) func contributionsAreSlopes(seed: Int) {
    var generator = Generator(state: UInt64(seed + 100))
    let dimension = Self.pooling.networks.reduce(0) { $0 + $1.dimension }
    let gradient = (0..<dimension).map { _ in Float.random(in: -1...1, using: &generator) }
    let maps = Self.maps(seed: seed)
    func score(_ maps: [[FeatureMap]]) -> Double {
      zip(gradient, Self.pooling.numbers(of: maps)).reduce(0) { $0 + Double($1.0) * $1.1 }
    }
    let contributions = Self.pooling.contributions(of: maps, to: gradient)
    #expect(contributions.map(\.count) == [2, 2, 1])
    let step: Float = 0.005
    for (view, grids) in contributions.enumerated() {
      for (index, grid) in grids.enumerated() {
        for position in grid.values.indices {
          let (forward, back) = (
            score(maps.moved(view, index, position, by: step)),
            score(maps.moved(view, index, position, by: -step))
          )
          let slope = (forward - back) / Double(2 * step)
          #expect(
            abs(slope - Double(grid.values[position])) < 2e-4,
            "view \(view), map \(index), position \(position)")
        }
      }
    }
  }

  @Test func silentMapsContributeNothing() {
    let maps = Self.maps(seed: 1).map { views in
      views.map {
        FeatureMap(
          channelCount: $0.channelCount, rowCount: $0.rowCount, columnCount: $0.columnCount,
          values: $0.values.map { _ in 0 })
      }
    }
    let gradient = [Float](repeating: 1, count: 13)
    let contributions = Self.pooling.contributions(of: maps, to: gradient)
    #expect(contributions.joined().allSatisfy { $0.values.allSatisfy { $0 == 0 } })
  }

  @Test(arguments: [EmbeddingRecipe.compact, .general])
  func poolingsMakeWholeEmbeddings(recipe: EmbeddingRecipe) throws {
    let pooling = try #require(recipe.pooling)
    #expect(pooling.networks.reduce(0) { $0 + $1.dimension } == recipe.dimension)
    #expect(
      pooling.networks.reduce(0) { $0 + $1.viewCount }
        == recipe.inputs.reduce(0) { $0 + $1.views.count })
  }

  @Test func placesGoBackIntoThePicture() {
    let recipe = EmbeddingRecipe(
      name: "two", version: 1, dimension: 1,
      inputs: [EmbeddingInput(name: "in", side: 224, views: [.squeezed, .centred])])
    func spot(_ row: Int, _ column: Int) -> SaliencyMap {
      var map = SaliencyMap(rowCount: 8, columnCount: 8)
      map[row, column] = 1
      return map
    }
    let nothing = SaliencyMap(rowCount: 8, columnCount: 8)
    func peak(_ squeezed: SaliencyMap, _ centred: SaliencyMap) -> (x: Double, y: Double) {
      let map = recipe.saliency(of: [[squeezed], [centred]], width: 320, height: 160)
      #expect(map.columnCount == 16 && map.rowCount == 8)
      let best = map.values.indices.max { map.values[$0] < map.values[$1] } ?? 0
      return (Double(best % 16) + 0.5, Double(best / 16) + 0.5)
    }
    // The squeezed view is mirrored, the other shows a square in the middle: 7/8 of the height.
    let mirrored = peak(spot(1, 1), nothing)
    #expect((12...14).contains(mirrored.x) && (1...2).contains(mirrored.y))
    let cropped = peak(nothing, spot(1, 1))
    #expect((5...7).contains(cropped.x) && (1...3).contains(cropped.y))
    let whole = recipe.saliency(of: [[spot(3, 4)], [nothing]], width: 320, height: 160)
    #expect(abs(whole.values.reduce(0, +) - 1) < 0.01)
  }

  @Test func cellsAreAboutSquareAndNeverFew() {
    let recipe = EmbeddingRecipe(
      name: "one", version: 1, dimension: 1,
      inputs: [EmbeddingInput(name: "in", side: 224, views: [.centred])])
    let map = SaliencyMap(rowCount: 7, columnCount: 7)
    for (width, height, columns, rows) in [
      (400, 300, 16, 12), (300, 400, 12, 16), (9000, 3, 16, 4),
    ] {
      let saliency = recipe.saliency(of: [[map]], width: width, height: height)
      #expect(saliency.columnCount == columns && saliency.rowCount == rows)
    }
  }
}

extension [[FeatureMap]] {
  /// Moves all channels of a position away from their means, by a share of their distance.
  fileprivate func moved(_ view: Int, _ index: Int, _ position: Int, by share: Float) -> Self {
    let map = self[view][index]
    var values = map.values
    for channel in 0..<map.channelCount {
      let own = map.channel(channel)
      let mean = own.reduce(0, +) / Float(own.count)
      let place = channel * map.positionCount + position
      values[place] += share * (values[place] - mean)
    }
    var moved = self
    moved[view][index] = FeatureMap(
      channelCount: map.channelCount, rowCount: map.rowCount, columnCount: map.columnCount,
      values: values)
    return moved
  }
}
