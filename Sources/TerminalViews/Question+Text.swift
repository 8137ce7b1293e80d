import Dataset
import Workbench

/// Questions in words.
extension Question {
  var title: String {
    switch self {
    case .quit: "Quit"
    case .removeImages: "Remove"
    case .deleteProject, .deleteTag: "Delete"
    case .projectType: "New project"
    case .leaveOutSmallTags: "Train"
    case .tagsFromFolders: "Import"
    }
  }

  var text: String {
    switch self {
    case .quit: "Quit all the same?"
    case .deleteProject: "Delete this project?"
    case .deleteTag(let entry):
      "Delete the tag \(entry.tag.name) and take it off \(counted(entry.imageCount, "image"))? "
        + "Undo brings both back."
    case .projectType(let name):
      "\(name): does an image bear one tag, or may it bear several?"
    case .removeImages(let images):
      "Take \(counted(images.count, "image")) out of the project? Undo brings them back."
    case .leaveOutSmallTags(let tags):
      tags.map { entry in
        "\(entry.tag.name) has \(entry.imageCount) of \(TrainingState.leastImagesPerTag) images."
      }.prefix(6).joined(separator: "\n")
        + (tags.count > 6 ? "\nSo have \(tags.count - 6) other tags." : "")
        + "\nTrain without \(tags.count == 1 ? "it" : "them")?"
    case .tagsFromFolders(let paths):
      "\(paths.count == 1 ? paths[0] : counted(paths.count, "path"))\n"
        + "Use the names of the folders as tags?"
    }
  }

  /// Whether neither yes nor no leaves everything as it was.
  var hasThirdAnswer: Bool {
    switch self {
    case .quit, .removeImages, .deleteProject, .deleteTag, .leaveOutSmallTags: false
    case .tagsFromFolders, .projectType: true
    }
  }

  var yes: String {
    switch self {
    case .quit: "quit"
    case .removeImages: "remove"
    case .deleteProject, .deleteTag: "delete"
    case .projectType: "one tag"
    case .leaveOutSmallTags: "train"
    case .tagsFromFolders: "with tags"
    }
  }

  var no: String {
    switch self {
    case .quit: "stay"
    case .removeImages, .deleteProject, .deleteTag: "keep"
    case .projectType: "several"
    case .leaveOutSmallTags: "not now"
    case .tagsFromFolders: "without tags"
    }
  }
}
