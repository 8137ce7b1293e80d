/// What a network gives at every position of a view, before anything is pooled.
public struct FeatureMap: Equatable, Sendable {
  public let channelCount: Int
  public let rowCount: Int
  public let columnCount: Int
  /// Channel after channel, each row after row from the top.
  public let values: [Float]

  /// Traps unless the values fill the map.
  public init(channelCount: Int, rowCount: Int, columnCount: Int, values: [Float]) {
    precondition(
      values.count == channelCount * rowCount * columnCount && rowCount * columnCount > 0,
      "\(values.count) values do not fill \(channelCount) × \(rowCount) × \(columnCount)")
    self.channelCount = channelCount
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  var positionCount: Int { rowCount * columnCount }

  /// The values of one channel.
  func channel(_ index: Int) -> ArraySlice<Float> {
    values[index * positionCount..<(index + 1) * positionCount]
  }
}
