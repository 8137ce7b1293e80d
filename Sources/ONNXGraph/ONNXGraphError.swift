/// Why bytes are not a model that this module can read.
public enum ONNXGraphError: Error, Equatable, Sendable {
  /// The bytes are no protocol buffer of the expected kind.
  case notAModel
  /// A part of the format that this module does not keep, so that writing the model again would
  /// lose it.
  case unsupportedPart(String)
  /// A model of a file format version outside `ONNXModel.readableFormatVersions`.
  case unsupportedFormatVersion(Int)
  /// A tensor or value whose elements are none of `ONNXElementType`; `code` is the format's number.
  case unsupportedElementType(name: String, code: Int)
  /// A tensor whose shape asks for another number of elements than it carries.
  case wrongElementCount(tensor: String, expected: Int, found: Int)
  /// A dimension below zero, or a shape whose element count overflows.
  case invalidShape(name: String)
  /// A node, or the graph's output, uses a value that nothing before it makes.
  case undefinedValue(name: String, user: String)
  /// Two nodes, inputs or constants make a value of the same name.
  case duplicateValue(name: String)
  /// A constant whose elements lie in another file.
  case externalData(tensor: String)
  /// No value and no operation has this name; `known` are the outputs that the file declares.
  case unknownOutput(String, known: [String])
}
