import CustomVisionAPI
import Dataset
import ProjectLibrary
import WebAccess

extension Service {
  func domains() throws -> Answer { try .json(ServiceDomain.all.map(DomainModel.init)) }

  func domain(_ call: Call) throws -> Answer {
    guard let domain = ServiceDomain.with(id: call.parameters["domain"] ?? "") else {
      throw ServiceError.notFound("Domain")
    }
    return try .json(DomainModel(domain))
  }

  func projects(_ call: Call) throws -> Answer {
    try .json(try library.projects().map { try model(of: $0, for: call) })
  }

  func project(_ call: Call) throws -> Answer {
    try .json(try model(of: try project(of: call), for: call))
  }

  func createProject(_ call: Call) throws -> Answer {
    guard let name = call.query.text("name") else {
      throw ServiceError.badRequest("BadRequestProjectName", "A project needs a name.")
    }
    let type = try call.query.text("classificationType").map(Self.type) ?? .multilabel
    let domain = try call.query.text("domainId").map(Self.domain) ?? .general
    let settings = try programSettings(call)
    let project = try ServiceError.naming("BadRequestProjectName") {
      try library.createProject(
        name, description: call.query.text("description") ?? "", type: type, domain: domain)
    }
    if settings != ProgramSettings() { try library.set(settings, of: project.id) }
    notifier.tell(of: project.id, .connectionTest(project: project.id.description))
    return try .json(try model(of: project, for: call))
  }

  /// What a request that makes a project sets besides: in its query or in its body.
  private func programSettings(_ call: Call) throws -> ProgramSettings {
    let options = try call.model(CreateProjectOptions.self)
    func address(_ given: String?, _ name: String) throws -> String? {
      guard let given, !given.isEmpty else { return nil }
      guard WebClient.isAddress(given) else {
        throw ServiceError.badRequest("\(name) is no address of http or https.")
      }
      return given
    }
    return ProgramSettings(
      exportPlatforms: try Self.platforms(
        call.query.list("targetExportPlatforms", limit: limits.batchCount)),
      notificationAddress: try address(
        call.query.text("notificationQueueUri") ?? options.notificationQueueUri,
        "notificationQueueUri"),
      exportAddress: try address(
        call.query.text("exportModelContainerUri") ?? options.exportModelContainerUri,
        "exportModelContainerUri"))
  }

  private static func platforms(_ words: [String]) throws -> [String] {
    var platforms: [String] = []
    for word in words {
      let known = ExportPlatform.allCases.first { $0.rawValue.lowercased() == word.lowercased() }
      guard let known else {
        throw ServiceError.badRequest("“\(word)” is no platform that models are exported to.")
      }
      if !platforms.contains(known.rawValue) { platforms.append(known.rawValue) }
    }
    return platforms
  }

  func updateProject(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let update = try call.model(ProjectUpdate.self)
    let type = try update.settings?.classificationType.map(Self.type)
    // Clients send back the domain that they were told, which may stand for an encoder.
    let domainID = update.settings?.domainId?.lowercased()
    let isSameDomain = domainID == nil || domainID == Self.serviceDomain(project.domain).id
    let domain = isSameDomain ? nil : try domainID.map(Self.changedDomain)
    let exportPlatforms = try update.settings?.targetExportPlatforms.map(Self.platforms)
    if let type, type != project.type { try library.setType(type, of: project.id) }
    if let name = update.name, name != project.name {
      try ServiceError.naming("BadRequestProjectName") { try library.rename(project, to: name) }
    }
    if let description = update.description, description != project.description {
      try library.describe(project.id, as: description)
    }
    if let domain { try library.setDomain(domain, of: project.id) }
    if let exportPlatforms {
      var settings = try library.programSettings(of: project.id)
      settings.exportPlatforms = exportPlatforms
      try library.set(settings, of: project.id)
    }
    return try .json(try model(of: try library.project(project.id), for: call))
  }

  func deleteProject(_ call: Call) throws -> Answer {
    try library.delete(try project(of: call))
    return .nothing
  }

  func model(of project: Project, for call: Call) throws -> ProjectModel {
    let times = try library.times(of: project.id)
    let newest = try library.rows(
      0..<1, of: project.id, ImageSelection(isReversed: true)
    ).images.first
    let tags = try library.tagCounts(of: project.id)
    let settings = try library.programSettings(of: project.id)
    return ProjectModel(
      id: project.id.description, name: project.name, description: project.description,
      settings: ProjectModel.Settings(
        domainId: Self.serviceDomain(project.domain).id,
        classificationType: Self.word(for: project.type),
        targetExportPlatforms: settings.exportPlatforms,
        useNegativeSet: tags.contains { $0.tag.kind == .negative },
        exportModelContainerUri: settings.exportAddress,
        notificationQueueUri: settings.notificationAddress),
      created: timestamp(times.made), lastModified: timestamp(times.changed),
      thumbnailUri: newest.map { Self.address(of: $0.id, .thumbnail, for: call) })
  }

  // MARK: - Words of the contract

  static func word(for type: ClassificationType) -> String {
    switch type {
    case .multiclass: "Multiclass"
    case .multilabel: "Multilabel"
    }
  }

  private static func type(_ word: String) throws -> ClassificationType {
    switch word.lowercased() {
    case "multiclass": return .multiclass
    case "multilabel": return .multilabel
    default:
      throw ServiceError.badRequest(
        "BadRequestProjectUnknownClassification", "“\(word)” is no type of classification.")
    }
  }

  /// Compact domains of the service are served by the compact domain, all others by the general one.
  private static func domain(_ id: String) throws -> Domain {
    guard let domain = ServiceDomain.with(id: id) else {
      throw ServiceError.badRequest(
        "BadRequestProjectUnknownDomain",
        ServiceDomain.detectionIDs.contains(id.lowercased())
          ? "Object detection is not done here." : "There is no domain \(id).")
    }
    return domain.exportable ? .compact : .general
  }

  private static func changedDomain(_ id: String) throws -> Domain {
    if ServiceDomain.detectionIDs.contains(id) {
      throw ServiceError.badRequest(
        "BadRequestProjectUnsupportedDomainTypeChange", "Object detection is not done here.")
    }
    return try domain(id)
  }

  static func serviceDomain(_ domain: Domain) -> ServiceDomain {
    switch domain {
    case .general, .encoder: .general
    case .compact: .generalCompact
    }
  }
}
