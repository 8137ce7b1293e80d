import Dataset
import Workbench

/// Obstacles in words: why nothing happens, and what to do.
extension Obstacle {
  var text: String {
    switch self {
    case .noImages: "There are no images here. Press i to import some"
    case .imageNotLoaded: "This row is still being read"
    case .noTag(let number): "No tag has the key \(number). Press n to add a tag"
    case .noNegativeTag: "The project has no negative tag"
    case .onlyIn(let pane): "This works in the \(pane.title) pane. Press Tab to go there"
    case .alreadyTraining: "A training is running. Press c to stop it"
    case .alreadyImporting: "An import is running. Press c to stop it"
    case .nothingRunning: "Nothing is running"
    case .nothingToRepeat: "No tag has been given yet that could be given again"
    case .noPrediction: "Nothing is predicted of this image. Press T to train"
    case .notTrained: "Not trained yet. Press T to train"
    case .untagged: "The image bears no tag that could be right"
    case .notInPerformance: "This is about images. Press Esc to go back to them"
    case .onlyInPerformance: "The threshold moves in the performance view. Press p to go there"
    case .jobsRunning: "Something runs for this project. Press c to stop it first"
    case .stillSaving: "Changes are still being saved"
    case .atLimit: "The pane cannot have more or less room here"
    case .liveIsOff: "This needs live learning. Press , to turn it on"
    case .nothingLearned(.notBegun):
      "Nothing has been learned yet. Import pictures and tag some of them"
    case .nothingLearned(.tooManyTagged(let count, let limit)):
      "Live learning rests: \(count) images are tagged, its limit is \(limit)"
    case .nothingLearned(.tooManyImages(let count, let limit)):
      "Live learning rests: there are \(count) images, its limit is \(limit)"
    case .listIsOrdered: "This list has its own order. Press Esc to go back to all images"
    case .onlyInNearDuplicates: "This works in the list of near-duplicates. Press d to go there"
    case .nothingRefused: "No import has left out a file"
    case .noTagAtCursor: "This row of the Tags pane is no tag. Go to one first"
    case .nothingToUntag(1): "The image bears no tag that could be taken away"
    case .nothingToUntag(let count):
      "None of the \(count) marked images bears a tag that could be taken away"
    case .groupIsSettled: "Nothing else of this group is left"
    case .noThemes: "No theme is installed here; the terminal's own colours are used"
    case .projectGone:
      "The project was deleted elsewhere, so nothing of it can be changed. Press P for another"
    case .tooFewTrainableTags(let small): Self.shortage(of: small)
    }
  }

  /// Which tags have too few images to be trained.
  static func shortage(of small: [TagCount]) -> String {
    let least = TrainingState.leastImagesPerTag
    guard let first = small.first else {
      return "Training needs two tags with \(least) images each. Press n to add a tag"
    }
    let others = small.count > 1 ? ", and \(counted(small.count - 1, "other tag")) too few" : ""
    return "Training needs \(least) images a tag: \(first.tag.name) has "
      + "\(first.imageCount)\(others)"
  }
}

extension Pane {
  var title: String {
    switch self {
    case .tags: "Tags"
    case .images: "Images"
    case .training: "Training"
    }
  }
}
