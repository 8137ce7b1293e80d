public import Foundation

/// Where the files of one runtime lie.
public struct RuntimeLayout: Equatable, Sendable {
  /// The folder of one version; whole or absent.
  public let folder: URL

  public init(folder: URL) {
    self.folder = folder
  }

  /// OpenVINO's C library; the libraries that it needs lie beside it.
  public var library: URL { folder.appendingPathComponent("lib/libopenvino_c.so.2641") }

  /// The graph of a recipe, as `compact`.
  public func graph(ofRecipe name: String) -> URL {
    folder.appendingPathComponent("graphs/\(name).onnx")
  }

  /// What the folder has to contain; written last.
  var manifest: URL { folder.appendingPathComponent("manifest.json") }
}

/// The folders of this user that set-up works in.
public struct RuntimeLocation: Equatable, Sendable {
  /// Holds a folder for each version of the runtime.
  public let base: URL
  /// Packages as they were fetched, kept so that a later set-up needs no network.
  public let downloads: URL
  /// Compiled graphs; may be deleted at any time.
  public let compiledGraphs: URL

  public init(base: URL, downloads: URL, compiledGraphs: URL) {
    self.base = base
    self.downloads = downloads
    self.compiledGraphs = compiledGraphs
  }

  /// Follows `TAGBENCH_RUNTIME`, else the XDG base directories, else their defaults in the home
  /// folder.
  ///
  /// A relative XDG path is ignored, as its specification asks.
  public init(environment: [String: String], home: URL) {
    func xdg(_ name: String, _ fallback: String) -> URL {
      guard let path = environment[name], path.hasPrefix("/") else {
        return home.appendingPathComponent(fallback)
      }
      return URL(fileURLWithPath: path)
    }
    let cache = xdg("XDG_CACHE_HOME", ".cache").appendingPathComponent("tagbench")
    if let path = environment["TAGBENCH_RUNTIME"], !path.isEmpty {
      base = URL(fileURLWithPath: path)
    } else {
      base = xdg("XDG_DATA_HOME", ".local/share").appendingPathComponent("tagbench/runtime")
    }
    downloads = cache.appendingPathComponent("downloads")
    compiledGraphs = cache.appendingPathComponent("compiled-graphs")
  }

  /// The runtime of a version, whether it is there or not.
  public func layout(version: String) -> RuntimeLayout {
    RuntimeLayout(folder: base.appendingPathComponent(version))
  }
}
