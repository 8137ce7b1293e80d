import Dataset
import Embeddings
import Foundation
import Imaging
import OpenVINOEmbedder
import ProjectLibrary
import Setup

/// The inference runtime and the networks that set-up has put in place.
enum Runtime {
  /// Set-up for this computer and this user.
  ///
  /// - Throws: `SetupError.unsupportedArchitecture`.
  static func setup() throws -> RuntimeSetup {
    RuntimeSetup(
      plan: try SetupPlan.standard(),
      location: RuntimeLocation(
        environment: ProcessInfo.processInfo.environment,
        home: URL(fileURLWithPath: Locations.home)), digest: sha256)
  }

  /// Whether pictures can be embedded.
  static var isReady: Bool {
    // On a computer that set-up does not know, nothing is ready; set-up itself says why.
    (try? setup().isInPlace) ?? false
  }

  /// What embeds the pictures of a domain; nothing is loaded before the first picture.
  ///
  /// - Throws: `RuntimeMissing`.
  static func embedder(for domain: Domain) throws -> any Embedder {
    let setup = try setup()
    guard setup.isInPlace else { throw RuntimeMissing() }
    return embedder(
      for: recipe(of: domain), in: setup.layout,
      cacheFolder: setup.location.compiledGraphs.path)
  }

  static func embedder(
    for recipe: EmbeddingRecipe, in layout: RuntimeLayout, cacheFolder: String?
  ) -> OpenVINOEmbedder {
    OpenVINOEmbedder(
      recipe: recipe, graph: layout.graph(ofRecipe: recipe.name).path,
      library: layout.library.path, cacheFolder: cacheFolder)
  }

  static func recipe(of domain: Domain) -> EmbeddingRecipe {
    switch domain {
    case .compact: .compact
    case .general: .general
    }
  }
}

/// Pictures cannot be embedded before set-up.
struct RuntimeMissing: Error {}
