import ProjectLibrary

extension ServiceError {
  /// What a client is told when the library refuses; `nil` for what is not the client's doing.
  init?(_ error: any Error) {
    switch error {
    case let error as ServiceError: self = error
    case let error as LibraryError:
      guard let answer = Self.answer(to: error) else { return nil }
      self = answer
    case let error as PictureOutOfBounds:
      self =
        switch error {
        case .tooLong(let width, let height):
          .badRequest("BadRequestImageDimensions", "\(width) × \(height) pixels are too many.")
        case .tooNarrow(let width, let height):
          .badRequest("BadRequestImageAspectRatio", "\(width) × \(height) pixels are too narrow.")
        }
    case let error as Refusal:
      switch error {
      case .system: return nil
      case .notAnImage, .unreadable, .notAFile:
        self = .badRequest("BadRequestImageFormat", "The picture cannot be read.")
      }
    case is CancellationError:
      self = ServiceError(503, "ErrorUnknown", "The server is ending.")
    default: return nil
    }
  }

  private static let nameInvalid = "The name is empty, or cannot be shown."

  /// Does what gives something a name; one that cannot be is refused with the contract's code for it.
  @discardableResult
  static func naming<Value>(_ code: String, _ work: () throws -> Value) throws -> Value {
    do { return try work() } catch LibraryError.nameInvalid {
      throw ServiceError.badRequest(code, nameInvalid)
    }
  }

  private static func answer(to error: LibraryError) -> ServiceError? {
    switch error {
    case .nameInvalid: .badRequest(nameInvalid)
    case .noProject, .projectNotNamed, .projectNotFound: .notFound("Project")
    case .projectNameTaken(let name):
      .badRequest("BadRequestProjectName", "There is a project “\(name)” already.")
    case .tagNotFound, .deletedTagNotFound: .notFound("Tag")
    case .tagNameTaken(let name):
      .badRequest("BadRequestTagNameNotUnique", "There is a tag “\(name)” already.")
    case .negativeTagExists(let name):
      .badRequest("BadRequestMultipleNegativeTag", "“\(name)” is the negative tag already.")
    case .negativeTagBesideOthers:
      .badRequest(
        "BadRequestNegativeAndRegularTagOnSameImage", "A negative tag stands beside no other.")
    case .imagesBearSeveralTags(let count):
      .badRequest("BadRequestInvalid", "\(count) images bear several tags.")
    case .imageNotFound: .notFound("Image")
    case .iterationNotFound: .notFound("Iteration")
    case .iterationPublished, .projectPublished:
      .badRequest("BadRequestIterationIsPublished", "An iteration is published.")
    case .iterationNotPublished:
      .badRequest("BadRequestIterationNotPublished", "The iteration is not published.")
    case .publishNameTaken(let name, let iteration):
      .badRequest(
        "BadRequestInvalidPublishName",
        "Iteration \(iteration) is published as “\(name)” already.")
    case .notTrained:
      .badRequest("BadRequestIterationIsNotTrained", "The project is not trained.")
    case .nothingToTrain:
      .badRequest("BadRequestTrainingNotNeeded", "Nothing changed since last training")
    case .notExportable:
      .badRequest("BadRequestExportValidationFailed", "The iteration cannot be exported.")
    case .tooFewImages, .tooFewTags:
      // Programs look for this very text.
      .badRequest(
        "BadRequestClassificationTrainingValidationFailed", "Not enough images for training")
    case .trainingRunning:
      .badRequest("BadRequestTrainingAlreadyInProgress", "The project is being trained already.")
    case .tagMergedWithItself, .negativeTagMerged, .nothingToJudge, .nothingToCompare,
      .recipeUnknown,
      .notExplainable, .notExported, .projectDeleted, .originalMissing, .originalDamaged, .system:
      nil
    }
  }
}
