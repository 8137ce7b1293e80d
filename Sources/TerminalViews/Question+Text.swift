import Dataset
import Workbench

/// Questions in words.
extension Question {
  var title: String {
    switch self {
    case .quit: "Quit"
    case .leaveOutSmallTags: "Train"
    case .tagsFromFolders: "Import"
    }
  }

  var text: String {
    switch self {
    case .quit: "What is running would be stopped. Quit all the same?"
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
    case .quit, .leaveOutSmallTags: false
    case .tagsFromFolders: true
    }
  }

  var yes: String {
    switch self {
    case .quit: "quit"
    case .leaveOutSmallTags: "train"
    case .tagsFromFolders: "with tags"
    }
  }

  var no: String {
    switch self {
    case .quit: "stay"
    case .leaveOutSmallTags: "not now"
    case .tagsFromFolders: "without tags"
    }
  }
}
