import CustomVisionAPI
import Dataset
import ProjectLibrary
import Synchronization

/// The operations of the API on a library: requests become use cases, results become models.
final class Service: Sendable {
  let library: Library
  let limits: ServiceLimits
  let trainings: TrainingDesk
  let exportDesk: ExportDesk
  let embeddings: EmbeddingDesk
  let notifier: Notifier
  let recipeGraph: @Sendable (Domain) throws -> [UInt8]
  let describe: @Sendable (any Error) -> String
  let log: @Sendable (AccessRecord) -> Void
  /// Of some iterations, the one that was asked last at the end.
  private let classifiers = Mutex<[Classifier]>([])
  private static let classifierLimit = 16

  init(
    library: Library, limits: ServiceLimits, trainings: TrainingDesk, exports: ExportDesk,
    embeddings: EmbeddingDesk, notifier: Notifier,
    recipeGraph: @escaping @Sendable (Domain) throws -> [UInt8],
    describe: @escaping @Sendable (any Error) -> String,
    log: @escaping @Sendable (AccessRecord) -> Void
  ) {
    exportDesk = exports
    self.embeddings = embeddings
    self.notifier = notifier
    self.recipeGraph = recipeGraph
    self.describe = describe
    self.log = log
    self.library = library
    self.limits = limits
    self.trainings = trainings
  }

  /// Carries out a request, on the thread that asks.
  ///
  /// - Throws: `ServiceError`; whatever the library throws.
  func answer(_ call: Call) throws -> Answer {
    switch call.operation {
    case .getDomains: return try domains()
    case .getDomain: return try domain(call)
    case .getProjects: return try projects(call)
    case .createProject: return try createProject(call)
    case .getProject: return try project(call)
    case .updateProject: return try updateProject(call)
    case .deleteProject: return try deleteProject(call)
    case .getTags: return try tags(call)
    case .createTag: return try createTag(call)
    case .getTag: return try tag(call)
    case .updateTag: return try updateTag(call)
    case .deleteTag: return try deleteTag(call)
    case .getImages: return try images(call, try status(call))
    case .getTaggedImages: return try images(call, .tagged)
    case .getUntaggedImages: return try images(call, .untagged)
    case .getImageCount: return try imageCount(call, try status(call))
    case .getTaggedImageCount: return try imageCount(call, .tagged)
    case .getUntaggedImageCount: return try imageCount(call, .untagged)
    case .getImagesByIds: return try imagesByID(call)
    case .createImagesFromData: return try addImagesFromData(call)
    case .createImagesFromFiles: return try addImagesFromFiles(call)
    case .createImagesFromUrls: return try addImagesFromUrls(call)
    case .deleteImages: return try deleteImages(call)
    case .createImageTags: return try addImageTags(call)
    case .deleteImageTags: return try deleteImageTags(call)
    case .trainProject: return try train(call)
    case .getIterations: return try iterations(call)
    case .getIteration: return try iteration(call)
    case .updateIteration: return try updateIteration(call)
    case .deleteIteration: return try deleteIteration(call)
    case .getIterationPerformance: return try performance(call)
    case .publishIteration: return try publish(call)
    case .unpublishIteration: return try unpublish(call)
    case .quickTestImage, .quickTestImageUrl: return try quickTest(call)
    case .classifyImage, .classifyImageWithNoStore, .classifyImageUrl,
      .classifyImageUrlWithNoStore:
      return try classify(call)
    case .createImagesFromPredictions: return try addImagesFromPredictions(call)
    case .updateImageMetadata: return try updateImageMetadata(call)
    case .suggestTagsAndRegions: return try suggestTags(call)
    case .querySuggestedImages: return try querySuggestedImages(call)
    case .querySuggestedImageCount: return try suggestedImageCount(call)
    case .getImagePerformances: return try imagePerformances(call)
    case .getImagePerformanceCount: return try imagePerformanceCount(call)
    case .queryPredictions: return try queryPredictions(call)
    case .deletePrediction: return try deletePredictions(call)
    case .getExports: return try exports(call)
    case .exportIteration: return try exportIteration(call)
    case .getArtifact: return try artifact(call)
    case .exportProject: return try exportProject(call)
    case .importProject: return try importProject(call)
    case .createImageRegions, .deleteImageRegions, .getImageRegionProposals, .detectImage,
      .detectImageWithNoStore, .detectImageUrl, .detectImageUrlWithNoStore:
      throw ServiceError.badRequest(
        "BadRequestUnsupportedDomain", "Object detection is not done here.")
    }
  }

  /// Logs what went wrong behind the requests.
  func report(_ job: String, _ subject: String, _ error: any Error) {
    log(
      AccessRecord(
        method: job, path: subject, status: 500, duration: .zero, problem: describe(error)))
  }

  /// The project of a request.
  func project(of call: Call) throws -> Project {
    let id: ProjectID = try call.id("project", missing: "Project")
    guard let project = try library.presentProject(id) else {
      throw ServiceError.notFound("Project")
    }
    return project
  }

  /// The classifier of a project's iteration; those that were asked lately are at hand.
  ///
  /// - Throws: `ServiceError` with 404 when there is no such iteration; `.recipeUnknown`.
  func classifier(_ id: IterationID, of project: ProjectID) throws -> Classifier {
    let known = classifiers.withLock { known -> Classifier? in
      guard let index = known.lastIndex(where: { $0.iteration.id == id }) else { return nil }
      if index < known.count - 1 { known.append(known.remove(at: index)) }
      return known.last
    }
    if let known { return known }
    guard let iteration = try library.iteration(id, of: project) else {
      throw ServiceError.notFound("Iteration")
    }
    let classifier = try library.classifier(iteration)
    classifiers.withLock { known in
      known.removeAll { $0.iteration.id == id }
      known.append(classifier)
      if known.count > Self.classifierLimit { known.removeFirst() }
    }
    return classifier
  }
}
