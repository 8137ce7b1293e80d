public import Dataset

/// Why a use case could not be carried out.
public enum LibraryError: Error, Equatable, Sendable {
  /// A name with nothing in it, or with characters that cannot be shown.
  case nameInvalid(String)
  case noProject
  /// Several projects, and none was named.
  case projectNotNamed(known: [String])
  case projectNotFound(String, known: [String])
  case projectNameTaken(String)
  case tagNotFound(String, known: [String])
  case tagNameTaken(String)
  /// No deleted tag of that name can be brought back.
  case deletedTagNotFound(String, known: [String])
  /// There is a negative tag already, and a project has at most one.
  case negativeTagExists(String)
  case tagMergedWithItself(String)
  /// The negative tag cannot be merged with another.
  case negativeTagMerged(String)
  case imageNotFound(String)
  /// The negative tag would stand beside others on an image.
  case negativeTagBesideOthers(image: String)
  /// Images bear several tags, which a multiclass project does not allow.
  case imagesBearSeveralTags(imageCount: Int)
  case iterationNotFound(Int, known: [Int])
  /// There is no other iteration before this one.
  case nothingToCompare(number: Int)
  case iterationPublished(Int, as: String)
  case iterationNotPublished(Int)
  case publishNameTaken(String, byIteration: Int)
  /// The project has an iteration that is published.
  case projectPublished(String, iteration: Int)
  /// Nothing was trained yet.
  case notTrained(project: String)
  /// No file lies in a folder that is named after one of the tags.
  case nothingToJudge(path: String, tags: [String])
  /// The iteration was made with embeddings that this version no longer makes.
  case recipeUnknown(iteration: Int, recipe: String)
  /// The domain's network cannot be written into a model.
  case notExportable(iteration: Int, domain: Domain)
  /// How the domain's network makes an embedding of a picture's parts is not known.
  case notExplainable(iteration: Int, domain: Domain)
  /// A file that is no model which the project exported.
  case notExported
  /// A project that is to be taken over lies among the deleted.
  case projectDeleted(String)
  /// Tags with fewer images than training needs.
  case tooFewImages([TagShortage])
  /// Training needs two tags, or one and pictures without it.
  case tooFewTags(Int)
  /// What would be trained is what the newest iteration was trained on.
  case nothingToTrain(sinceIteration: Int)
  /// Another training of this project runs, here or in another process.
  case trainingRunning(project: String)
  /// The file of an image that the library keeps is gone.
  case originalMissing(name: String, path: String)
  /// The file of an image that the library keeps no longer has the content that it had.
  case originalDamaged(name: String, path: String)
  /// The operating system refused something; the number is its `errno`.
  case system(operation: String, path: String, number: Int32)
}

/// A tag that has too few images to be trained.
public struct TagShortage: Hashable, Sendable {
  public let tag: String
  public let imageCount: Int
  public let needed: Int

  public init(tag: String, imageCount: Int, needed: Int) {
    self.tag = tag
    self.imageCount = imageCount
    self.needed = needed
  }
}
