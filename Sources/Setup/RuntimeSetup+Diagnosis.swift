import Backbones
import Foundation

/// One part of the runtime, as `doctor` shows it.
public struct ComponentReport: Equatable, Sendable {
  public enum Component: Equatable, Sendable {
    case runtimeFolder
    case openVINO
    case graph(String)
    /// An encoder that a person added.
    case encoder(String)
    case licences
    case downloads
    case compiledGraphs
  }

  public enum State: Equatable, Sendable {
    case inPlace(byteCount: Int)
    /// Not there; fetched or made when needed.
    case absent
    /// Files that set-up put there and that are gone.
    case missing([String])
    /// Files whose bytes are no longer those that set-up put there.
    case altered([String])
  }

  public let component: Component
  public let path: String
  public let state: State

  /// Whether pictures can be embedded as far as this part goes.
  public var isHealthy: Bool {
    switch (component, state) {
    case (_, .inPlace), (.downloads, .absent), (.compiledGraphs, .absent): true
    default: false
    }
  }

  public init(component: Component, path: String, state: State) {
    self.component = component
    self.path = path
    self.state = state
  }
}

extension RuntimeSetup {
  /// Looks at every part of the runtime, reading all of it: about a second.
  ///
  /// A folder without a manifest, as one made by hand, is reported as absent.
  public func diagnosis() -> [ComponentReport] {
    let parts: [(ComponentReport.Component, String)] =
      [(.openVINO, "lib/")] + plan.graphs.map { (.graph($0.name), "graphs/\($0.name).onnx") }
      + [(.licences, "licences/")]
    let manifest = RuntimeManifest(of: layout)
    let folder = ComponentReport(
      component: .runtimeFolder, path: layout.folder.path,
      state: manifest.map { .inPlace(byteCount: $0.files.map(\.byteCount).reduce(0, +)) } ?? .absent
    )
    return [folder]
      + parts.map { component, prefix in
        ComponentReport(
          component: component, path: layout.folder.appendingPathComponent(prefix).path,
          state: manifest.map { state(of: $0.files.filter { $0.path.hasPrefix(prefix) }) }
            ?? .absent)
      }
      + [(.downloads, location.downloads), (.compiledGraphs, location.compiledGraphs)].map {
        ComponentReport(
          component: $0, path: $1.path,
          state: FileManager.default.fileExists(atPath: $1.path)
            ? .inPlace(byteCount: Files.totalByteCount(below: $1)) : .absent)
      }
  }

  private func state(of files: [RuntimeManifest.File]) -> ComponentReport.State {
    var missing: [String] = []
    var altered: [String] = []
    for file in files {
      let url = layout.folder.appendingPathComponent(file.path)
      guard Files.byteCount(of: url) != nil else {
        missing.append(url.path)
        continue
      }
      if !file.isWhole(in: layout, digest: digest) { altered.append(url.path) }
    }
    if !missing.isEmpty { return .missing(missing) }
    if !altered.isEmpty { return .altered(altered) }
    return .inPlace(byteCount: files.map(\.byteCount).reduce(0, +))
  }
}
