import CustomVisionAPI
import Dataset
import ProjectLibrary

extension Service {
  /// What an iteration can be exported to.
  static let platforms = ["ONNX"]
  private static let flavors = ["", "ONNX10", "ONNX12"]

  func exports(_ call: Call) throws -> Answer {
    let iteration = try trained(call, in: try project(of: call))
    return try .json(
      exportDesk.exports(of: iteration.id).map { Self.model($0, $1, for: call) })
  }

  func exportIteration(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let iteration = try trained(call, in: project)
    guard let platform = call.query.text("platform") else { throw ServiceError.missing("platform") }
    let flavor = call.query.text("flavor") ?? ""
    guard let known = Self.platforms.first(where: { $0.lowercased() == platform.lowercased() }),
      let knownFlavor = Self.flavors.first(where: { $0.lowercased() == flavor.lowercased() })
    else {
      throw ServiceError.badRequest(
        "BadRequestExportValidationFailed", "Models are exported to ONNX only.")
    }
    if case .encoder = iteration.domain {
      throw ServiceError.badRequest(
        "BadRequestExportValidationFailed", "An encoder of one's own cannot be exported.")
    }
    let export = RequestedExport(
      iteration: iteration.id, platform: known, flavor: knownFlavor)
    let isNew = try begin(export, of: iteration, in: project, origin: call.origin)
    guard isNew else {
      throw ServiceError.badRequest(
        "BadRequestExportAlreadyInProgress", "\(known) is already queued for export.")
    }
    return try .json(Self.model(export, .exporting, for: call))
  }

  /// Goes on with the exports that a server before this one has begun.
  ///
  /// - Throws: What keeps the library from being read.
  func resumeExports() throws {
    let unfinished = exportDesk.unfinished()
    if unfinished.isEmpty { return }
    for project in try library.projects() {
      for export in unfinished {
        guard let iteration = try library.iteration(export.iteration, of: project.id) else {
          continue
        }
        _ = try begin(export, of: iteration, in: project, origin: "")
      }
    }
  }

  /// - Parameter origin: Where the client reached this server; empty where nobody has asked.
  /// - Returns: `false` when there is such an export already.
  private func begin(
    _ export: RequestedExport, of iteration: Iteration, in project: Project, origin: String
  ) throws -> Bool {
    let (library, recipeGraph) = (library, recipeGraph)
    return try exportDesk.begin(export) {
      try library.export(iteration, of: project, recipeGraph: recipeGraph).zip
    } ended: { outcome in
      var address: String?
      switch outcome {
      case .success: address = Self.address(of: export, origin: origin)
      case .failure(let error): self.report("export", iteration.id.description, error)
      }
      self.notifier.tell(
        of: project.id,
        .export(
          project: project.id.description, iteration: iteration.id.description, modelUri: address))
    }
  }

  private static func address(of export: RequestedExport, origin: String) -> String {
    "\(origin)/\(Route.exports)/\(export.iteration)/\(ExportDesk.name(export))"
  }

  func exportedFile(of iteration: String, named name: String) throws -> Answer {
    guard let id = IterationID(iteration), let bytes = exportDesk.file(of: id, named: name) else {
      throw ServiceError(404, "NotFound", "There is no such file.")
    }
    return Answer(contentType: "application/zip", body: bytes)
  }

  private static func model(
    _ export: RequestedExport, _ status: ExportDesk.Status, for call: Call
  ) -> ExportModel {
    ExportModel(
      platform: export.platform, status: status.rawValue,
      downloadUri: status == .done ? address(of: export, origin: call.origin) : "",
      flavor: export.flavor.isEmpty ? nil : export.flavor)
  }
}
