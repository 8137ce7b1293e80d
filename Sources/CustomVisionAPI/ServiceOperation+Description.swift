extension ServiceOperation {
  /// What a request's body holds.
  public enum Body: Sendable {
    case nothing
    case json
    /// Image files: one as it is, or some as parts of a form.
    case pictures
  }

  public var body: Body {
    switch self {
    case .createImagesFromData, .quickTestImage, .classifyImage, .classifyImageWithNoStore,
      .detectImage, .detectImageWithNoStore:
      .pictures
    case .createProject, .updateProject, .updateTag, .createImagesFromFiles, .createImagesFromUrls,
      .createImagesFromPredictions, .createImageTags, .updateImageMetadata, .querySuggestedImages,
      .querySuggestedImageCount, .trainProject, .updateIteration, .quickTestImageUrl,
      .queryPredictions, .classifyImageUrl, .classifyImageUrlWithNoStore, .createImageRegions,
      .detectImageUrl, .detectImageUrlWithNoStore:
      .json
    default: .nothing
    }
  }

  /// What a query may say, in the order of the contract; `true` for what has to be said.
  public var query: [(name: String, isRequired: Bool)] {
    let text =
      switch self {
      case .createProject:
        "name! description domainId classificationType targetExportPlatforms "
          + "exportModelContainerUri notificationQueueUri"
      case .getArtifact: "path!"
      case .importProject: "token! name"
      case .getTags, .getTag: "iterationId"
      case .createTag: "name! description type"
      case .getImages: "iterationId tagIds taggingStatus $filter orderBy take skip"
      case .getImageCount: "iterationId taggingStatus $filter tagIds"
      case .getTaggedImages: "iterationId tagIds orderBy take skip"
      case .getTaggedImageCount: "iterationId tagIds"
      case .getUntaggedImages: "iterationId orderBy take skip"
      case .getUntaggedImageCount: "iterationId"
      case .getImagesByIds: "imageIds iterationId"
      case .createImagesFromData: "tagIds"
      case .deleteImages: "imageIds allImages allIterations"
      case .deleteImageTags: "imageIds! tagIds!"
      case .updateImageMetadata: "imageIds!"
      case .suggestTagsAndRegions: "iterationId! imageIds!"
      case .querySuggestedImages, .querySuggestedImageCount: "iterationId!"
      case .trainProject: "trainingType reservedBudgetInHours forceTrain"
      case .getIterationPerformance: "threshold"
      case .getImagePerformances: "tagIds orderBy take skip"
      case .getImagePerformanceCount: "tagIds"
      case .publishIteration: "publishName! predictionId! overwrite"
      case .exportIteration: "platform! flavor"
      case .quickTestImage, .quickTestImageUrl: "iterationId store"
      case .deletePrediction: "ids!"
      case .classifyImage, .classifyImageUrl, .classifyImageWithNoStore,
        .classifyImageUrlWithNoStore:
        "application"
      default: ""
      }
    return text.split(separator: " ").map { word in
      word.hasSuffix("!") ? (String(word.dropLast()), true) : (String(word), false)
    }
  }

  /// The statuses of a request that was carried out.
  public var successes: [Int] {
    switch self {
    case .deleteProject, .deleteTag, .deleteImageTags, .deleteIteration, .unpublishIteration,
      .deletePrediction, .deleteImageRegions:
      [204]
    case .deleteImages: [202, 204]
    case .createImagesFromData, .createImagesFromFiles, .createImagesFromUrls,
      .createImagesFromPredictions, .updateImageMetadata, .createImageRegions:
      [200, 207]
    default: [200]
    }
  }
}
