public import ONNXGraph

/// What an exported file says of itself.
public struct ExportedModel: Hashable, Sendable {
  public enum Input: Hashable, Sendable {
    /// A picture of any size: 8-bit numbers [rows, columns, 3].
    case raw
    /// A square picture: 32-bit floats [1, 3, side, side].
    case square(side: Int)
  }

  /// The id of the iteration that was exported.
  public let iteration: String
  public let input: Input
  /// Name of the input.
  public let inputName: String

  /// Reads a file that `DeployedModel` made; `nil` for any other model.
  ///
  /// - Throws: `ONNXGraphError` for bytes that are no model that we read.
  public init?(bytes: [UInt8]) throws(ONNXGraphError) {
    let model = try ONNXModel(bytes: bytes)
    guard let iteration = model.metadata["iteration"], model.graph.inputs.count == 1,
      model.graph.outputs.map(\.name) == [DeployedModel.outputName]
    else { return nil }
    let input = model.graph.inputs[0]
    switch (input.type, input.shape?.last) {
    case (.uint8, _): self.input = .raw
    case (.float, .fixed(let side)): self.input = .square(side: side)
    default: return nil
    }
    self.iteration = iteration
    inputName = input.name
  }
}
