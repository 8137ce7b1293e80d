/// The operations of the service, each with the request that means it.
///
/// `P` stands for `projects/{project}`, `I` for `projects/{project}/iterations/{iteration}`; words in
/// braces match one part of a path each, all others match without regard to case.
public enum ServiceOperation: String, CaseIterable, Sendable {
  case getDomains = "GetDomains"
  case getDomain = "GetDomain"
  case getProjects = "GetProjects"
  case createProject = "CreateProject"
  case getProject = "GetProject"
  case updateProject = "UpdateProject"
  case deleteProject = "DeleteProject"
  case getArtifact = "GetArtifact"
  case exportProject = "ExportProject"
  case importProject = "ImportProject"
  case getTags = "GetTags"
  case createTag = "CreateTag"
  case getTag = "GetTag"
  case updateTag = "UpdateTag"
  case deleteTag = "DeleteTag"
  case getImages = "GetImages"
  case getImageCount = "GetImageCount"
  case getTaggedImages = "GetTaggedImages"
  case getTaggedImageCount = "GetTaggedImageCount"
  case getUntaggedImages = "GetUntaggedImages"
  case getUntaggedImageCount = "GetUntaggedImageCount"
  case getImagesByIds = "GetImagesByIds"
  case createImagesFromData = "CreateImagesFromData"
  case createImagesFromFiles = "CreateImagesFromFiles"
  case createImagesFromUrls = "CreateImagesFromUrls"
  case createImagesFromPredictions = "CreateImagesFromPredictions"
  case deleteImages = "DeleteImages"
  case createImageTags = "CreateImageTags"
  case deleteImageTags = "DeleteImageTags"
  case updateImageMetadata = "UpdateImageMetadata"
  case suggestTagsAndRegions = "SuggestTagsAndRegions"
  case querySuggestedImages = "QuerySuggestedImages"
  case querySuggestedImageCount = "QuerySuggestedImageCount"
  case trainProject = "TrainProject"
  case getIterations = "GetIterations"
  case getIteration = "GetIteration"
  case updateIteration = "UpdateIteration"
  case deleteIteration = "DeleteIteration"
  case getIterationPerformance = "GetIterationPerformance"
  case getImagePerformances = "GetImagePerformances"
  case getImagePerformanceCount = "GetImagePerformanceCount"
  case publishIteration = "PublishIteration"
  case unpublishIteration = "UnpublishIteration"
  case getExports = "GetExports"
  case exportIteration = "ExportIteration"
  case quickTestImage = "QuickTestImage"
  case quickTestImageUrl = "QuickTestImageUrl"
  case queryPredictions = "QueryPredictions"
  case deletePrediction = "DeletePrediction"
  case classifyImage = "ClassifyImage"
  case classifyImageWithNoStore = "ClassifyImageWithNoStore"
  case classifyImageUrl = "ClassifyImageUrl"
  case classifyImageUrlWithNoStore = "ClassifyImageUrlWithNoStore"
  // Of object detection: known, so that they can be refused.
  case createImageRegions = "CreateImageRegions"
  case deleteImageRegions = "DeleteImageRegions"
  case getImageRegionProposals = "GetImageRegionProposals"
  case detectImage = "DetectImage"
  case detectImageWithNoStore = "DetectImageWithNoStore"
  case detectImageUrl = "DetectImageUrl"
  case detectImageUrlWithNoStore = "DetectImageUrlWithNoStore"

  /// The half of the API that it belongs to, which has a key of its own.
  public enum Side: String, Sendable, CaseIterable {
    case training, prediction
  }

  public var side: Side {
    switch self {
    case .classifyImage, .classifyImageWithNoStore, .classifyImageUrl,
      .classifyImageUrlWithNoStore, .detectImage, .detectImageWithNoStore, .detectImageUrl,
      .detectImageUrlWithNoStore:
      .prediction
    default: .training
    }
  }

  /// Whether it is of object detection.
  public var isOfDetection: Bool {
    switch self {
    case .createImageRegions, .deleteImageRegions, .getImageRegionProposals, .detectImage,
      .detectImageWithNoStore, .detectImageUrl, .detectImageUrlWithNoStore:
      true
    default: false
    }
  }

  /// Method and path under the base path of its side.
  public var pattern: String {
    switch self {
    case .getDomains: "GET domains"
    case .getDomain: "GET domains/{domain}"
    case .getProjects: "GET projects"
    case .createProject: "POST projects"
    case .getProject: "GET P"
    case .updateProject: "PATCH P"
    case .deleteProject: "DELETE P"
    case .getArtifact: "GET P/artifacts"
    case .exportProject: "GET P/export"
    case .importProject: "POST projects/import"
    case .getTags: "GET P/tags"
    case .createTag: "POST P/tags"
    case .getTag: "GET P/tags/{tag}"
    case .updateTag: "PATCH P/tags/{tag}"
    case .deleteTag: "DELETE P/tags/{tag}"
    case .getImages: "GET P/images"
    case .getImageCount: "GET P/images/count"
    case .getTaggedImages: "GET P/images/tagged"
    case .getTaggedImageCount: "GET P/images/tagged/count"
    case .getUntaggedImages: "GET P/images/untagged"
    case .getUntaggedImageCount: "GET P/images/untagged/count"
    case .getImagesByIds: "GET P/images/id"
    case .createImagesFromData: "POST P/images"
    case .createImagesFromFiles: "POST P/images/files"
    case .createImagesFromUrls: "POST P/images/urls"
    case .createImagesFromPredictions: "POST P/images/predictions"
    case .deleteImages: "DELETE P/images"
    case .createImageTags: "POST P/images/tags"
    case .deleteImageTags: "DELETE P/images/tags"
    case .updateImageMetadata: "POST P/images/metadata"
    case .suggestTagsAndRegions: "POST P/tagsandregions/suggestions"
    case .querySuggestedImages: "POST P/images/suggested"
    case .querySuggestedImageCount: "POST P/images/suggested/count"
    case .trainProject: "POST P/train"
    case .getIterations: "GET P/iterations"
    case .getIteration: "GET I"
    case .updateIteration: "PATCH I"
    case .deleteIteration: "DELETE I"
    case .getIterationPerformance: "GET I/performance"
    case .getImagePerformances: "GET I/performance/images"
    case .getImagePerformanceCount: "GET I/performance/images/count"
    case .publishIteration: "POST I/publish"
    case .unpublishIteration: "DELETE I/publish"
    case .getExports: "GET I/export"
    case .exportIteration: "POST I/export"
    case .quickTestImage: "POST P/quicktest/image"
    case .quickTestImageUrl: "POST P/quicktest/url"
    case .queryPredictions: "POST P/predictions/query"
    case .deletePrediction: "DELETE P/predictions"
    case .classifyImage: "POST {project}/classify/iterations/{name}/image"
    case .classifyImageWithNoStore: "POST {project}/classify/iterations/{name}/image/nostore"
    case .classifyImageUrl: "POST {project}/classify/iterations/{name}/url"
    case .classifyImageUrlWithNoStore: "POST {project}/classify/iterations/{name}/url/nostore"
    case .createImageRegions: "POST P/images/regions"
    case .deleteImageRegions: "DELETE P/images/regions"
    case .getImageRegionProposals: "POST P/images/{image}/regionproposals"
    case .detectImage: "POST {project}/detect/iterations/{name}/image"
    case .detectImageWithNoStore: "POST {project}/detect/iterations/{name}/image/nostore"
    case .detectImageUrl: "POST {project}/detect/iterations/{name}/url"
    case .detectImageUrlWithNoStore: "POST {project}/detect/iterations/{name}/url/nostore"
    }
  }

  /// Method and parts of the path, with what `P` and `I` stand for written out.
  public var request: (method: Substring, parts: [String]) {
    let words = pattern.split(separator: " ")
    let parts = words[1].split(separator: "/").flatMap { part -> [String] in
      switch part {
      case "P": ["projects", "{project}"]
      case "I": ["projects", "{project}", "iterations", "{iteration}"]
      default: [String(part)]
      }
    }
    return (words[0], parts)
  }
}
