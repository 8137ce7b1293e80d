public import Backbones

/// What a complete runtime is made of.
public struct SetupPlan: Sendable {
  /// Names the runtime's folder; another whenever its contents would differ.
  public let version: String
  public let packages: [PinnedPackage]
  /// Graphs to make from the weights that the packages bring.
  public let graphs: [EmbeddingGraph]
  /// Drawn when they are asked for: only set-up does, while every program that embeds has a plan.
  public var proofs: [SetupProof] { makeProofs() }
  private let makeProofs: @Sendable () -> [SetupProof]

  public init(
    version: String, packages: [PinnedPackage], graphs: [EmbeddingGraph],
    proofs: @escaping @Sendable @autoclosure () -> [SetupProof]
  ) {
    self.version = version
    self.packages = packages
    self.graphs = graphs
    makeProofs = proofs
  }

  /// The runtime for the processor that this program was built for.
  ///
  /// - Throws: `.unsupportedArchitecture` where no packages are pinned: aarch64 has packages, but
  ///   nobody has tried them.
  public static func standard() throws(SetupError) -> SetupPlan {
    #if arch(x86_64)
      SetupPlan(
        version: "openvino-2026.4.1-1",
        packages: [.openVINO] + Backbone.all.map(PinnedPackage.init),
        graphs: EmbeddingGraph.all, proofs: SetupProof.all)
    #elseif arch(arm64)
      throw .unsupportedArchitecture("aarch64")
    #else
      throw .unsupportedArchitecture("unknown")
    #endif
  }

  /// Bytes that fetching, unpacking and converting take at most, temporary files included.
  var neededByteCount: Int {
    // The packages, what they unpack to (about half as much again), the graphs, and some air.
    4 * packages.map(\.byteCount).reduce(0, +)
  }
}
