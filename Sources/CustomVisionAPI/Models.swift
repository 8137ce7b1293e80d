/// An error answer, of the router and of every operation.
public struct ErrorModel: Codable, Hashable, Sendable {
  public var code: String
  public var message: String
  /// What the service's gateway answers to a wrong key; `nil` elsewhere.
  public var error: Nested?

  public struct Nested: Codable, Hashable, Sendable {
    public var code: String
    public var message: String
  }

  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }

  /// The answer to a missing or wrong key, in both forms that clients read.
  public static func unauthorized(_ message: String) -> ErrorModel {
    var model = ErrorModel(code: "Unauthorized", message: message)
    model.error = Nested(code: "401", message: message)
    return model
  }
}

public struct DomainModel: Encodable, Sendable {
  public let id: String
  public let name: String
  public let type = "Classification"
  public let exportable: Bool
  public let enabled: Bool
  public let exportablePlatforms: [String]

  public init(_ domain: ServiceDomain) {
    id = domain.id
    name = domain.name
    exportable = domain.exportable
    exportablePlatforms = domain.exportable ? ["ONNX"] : []
    enabled = domain.enabled
  }
}

public struct ProjectModel: Encodable, Sendable {
  public var id: String
  public var name: String
  public var description: String
  public var settings: Settings
  public var created: String
  public var lastModified: String
  public var thumbnailUri: String?
  public var drModeEnabled = false
  public var status = "Succeeded"

  public struct Settings: Encodable, Sendable {
    public var domainId: String
    public var classificationType: String
    public var targetExportPlatforms: [String]
    public var useNegativeSet: Bool
    public var exportModelContainerUri: String?
    public var notificationQueueUri: String?

    public init(
      domainId: String, classificationType: String, targetExportPlatforms: [String],
      useNegativeSet: Bool, exportModelContainerUri: String?, notificationQueueUri: String?
    ) {
      self.domainId = domainId
      self.classificationType = classificationType
      self.targetExportPlatforms = targetExportPlatforms
      self.useNegativeSet = useNegativeSet
      self.exportModelContainerUri = exportModelContainerUri
      self.notificationQueueUri = notificationQueueUri
    }
  }

  public init(
    id: String, name: String, description: String, settings: Settings, created: String,
    lastModified: String, thumbnailUri: String?
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.settings = settings
    self.created = created
    self.lastModified = lastModified
    self.thumbnailUri = thumbnailUri
  }
}

/// What a client may say of a project besides when it makes one.
public struct CreateProjectOptions: Decodable, Sendable {
  public var exportModelContainerUri: String?
  public var notificationQueueUri: String?
}

/// The platforms that models are exported to, of which not all are there.
public enum ExportPlatform: String, CaseIterable, Sendable {
  case coreML = "CoreML"
  case tensorFlow = "TensorFlow"
  case dockerFile = "DockerFile"
  case onnx = "ONNX"
  case vaidk = "VAIDK"
  case openVINO = "OpenVino"
}

/// A copy of a project, for which its token stands.
public struct ProjectExportModel: Encodable, Sendable {
  /// Copies have none.
  public var iterationCount = 0
  public var imageCount: Int
  public var tagCount: Int
  public var regionCount = 0
  public var estimatedImportTimeInMS: Int
  public var token: String

  public init(imageCount: Int, tagCount: Int, token: String) {
    self.imageCount = imageCount
    self.tagCount = tagCount
    self.token = token
    estimatedImportTimeInMS = 10 + imageCount / 5
  }
}

/// What a client may change of a project: missing and null mean unchanged.
public struct ProjectUpdate: Decodable, Sendable {
  public var name: String?
  public var description: String?
  public var settings: Settings?

  public struct Settings: Decodable, Sendable {
    public var domainId: String?
    public var classificationType: String?
    public var targetExportPlatforms: [String]?
  }
}

public struct TagModel: Encodable, Sendable {
  public var id: String
  public var name: String
  public var description: String
  public var type: String
  public var imageCount: Int

  public init(id: String, name: String, description: String, type: String, imageCount: Int) {
    self.id = id
    self.name = name
    self.description = description
    self.type = type
    self.imageCount = imageCount
  }
}

/// What a client may change of a tag: missing and null mean unchanged.
public struct TagUpdate: Decodable, Sendable {
  public var name: String?
  public var description: String?
  public var type: String?
}

public struct PerformanceModel: Encodable, Sendable {
  public var perTagPerformance: [Tag] = []
  public var precision: Double
  public var precisionStdDeviation = 0.0
  public var recall: Double
  public var recallStdDeviation = 0.0
  public var averagePrecision: Double?

  public struct Tag: Encodable, Sendable {
    public var id: String
    public var name: String
    public var precision: Double
    public var precisionStdDeviation = 0.0
    public var recall: Double
    public var recallStdDeviation = 0.0
    public var averagePrecision: Double?

    public init(
      id: String, name: String, precision: Double, recall: Double, averagePrecision: Double?
    ) {
      self.id = id
      self.name = name
      self.precision = precision
      self.recall = recall
      self.averagePrecision = averagePrecision
    }
  }

  public init(precision: Double, recall: Double, averagePrecision: Double?) {
    self.precision = precision
    self.recall = recall
    self.averagePrecision = averagePrecision
  }
}

public struct IterationModel: Encodable, Sendable {
  public var id: String
  public var name: String
  public var status: String
  public var created: String
  public var lastModified: String
  public var trainedAt: String?
  public var projectId: String
  public var exportable: Bool
  public var exportableTo: [String] = []
  public var domainId: String
  public var classificationType: String
  /// `Regular`, or `Advanced` for one with a budget of hours, 0 for as long as it takes.
  public var trainingType = "Regular"
  public var reservedBudgetInHours = 0
  public var trainingTimeInMinutes = 0
  public var publishName: String?
  public var originalPublishResourceId: String?
  public var customBaseModelInfo: CustomBaseModelInfo?
  public var trainingErrorDetails: String?

  public init(
    id: String, name: String, status: String, created: String, lastModified: String,
    projectId: String, exportable: Bool, domainId: String, classificationType: String
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.created = created
    self.lastModified = lastModified
    self.projectId = projectId
    self.exportable = exportable
    self.domainId = domainId
    self.classificationType = classificationType
  }
}

/// A model of an iteration, there or on its way.
public struct ExportModel: Encodable, Sendable {
  public var platform: String
  public var status: String
  /// Empty until it is done.
  public var downloadUri: String
  public var flavor: String?
  public var newerVersionAvailable = false

  public init(platform: String, status: String, downloadUri: String, flavor: String?) {
    self.platform = platform
    self.status = status
    self.downloadUri = downloadUri
    self.flavor = flavor
  }
}

public struct IterationUpdate: Decodable, Sendable {
  public var name: String?
}

public struct TrainingParameters: Decodable, Sendable {
  public var selectedTags: [String]?
  public var customBaseModelInfo: CustomBaseModelInfo?
}

/// The iteration that a training starts from.
public struct CustomBaseModelInfo: Codable, Sendable {
  public var projectId: String?
  public var iterationId: String?

  public init(projectId: String, iterationId: String) {
    self.projectId = projectId
    self.iterationId = iterationId
  }
}

public struct PredictionModel: Encodable, Sendable {
  public var probability: Float
  public var tagId: String
  public var tagName: String
  public var tagType: String

  public init(probability: Float, tagId: String, tagName: String, tagType: String) {
    self.probability = probability
    self.tagId = tagId
    self.tagName = tagName
    self.tagType = tagType
  }
}

public struct ImagePredictionModel: Encodable, Sendable {
  public var id: String
  public var project: String
  public var iteration: String
  public var created: String
  public var predictions: [PredictionModel]

  public init(
    id: String, project: String, iteration: String, created: String,
    predictions: [PredictionModel]
  ) {
    self.id = id
    self.project = project
    self.iteration = iteration
    self.created = created
    self.predictions = predictions
  }
}
