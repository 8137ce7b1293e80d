import Dataset
import TerminalGrid
import Workbench

/// Notices in words, and how they are to be taken.
extension Notice {
  var text: String {
    switch self {
    case .commandDisabled(let obstacle): obstacle.text
    case .labelsNotSaved(let reason): "Not saved, taken back: \(reason)"
    case .tagCreated(let name, let key?): "Added the tag \(name), key \(key)"
    case .tagCreated(let name, nil): "Added the tag \(name)"
    case .opened(let name): "Opened the project \(name)"
    case .symbols(let symbols): "Pictures are drawn with \(symbols.rawValue)"
    case .tagRenamed(let from, let to): "The tag \(from) is called \(to) now; u takes it back"
    case .tagDeleted(let name, let count):
      "Deleted the tag \(name), which \(counted(count, "image")) bore; u brings it back"
    case .tagMerged(let name, let into, let count):
      "\(counted(count, "image")) got \(into) instead of \(name); u takes it back"
    case .projectDeleted(let name, let next, isNew: false):
      "Deleted the project \(name), opened \(next)"
    case .projectDeleted(let name, let next, isNew: true):
      "Deleted the project \(name), the only one; made a new one, \(next)"
    case .projectGone(let name):
      "The project \(name) was deleted elsewhere. Press P to open another one"
    case .settingsPassedOver(let sentences):
      (sentences.first ?? "")
        + (sentences.count > 1 ? " (and \(sentences.count - 1) more: tagbench settings)" : "")
    case .termsUnknown(let words):
      words.map { "“\($0)”" }.joined(separator: ", ")
        + " is no term of the filter. Press ? and type filter for those that there are"
    case .marksDropped(let count):
      "The filter has dropped the \(count == 1 ? "mark" : "\(count) marks")"
    case .removed(let count): "Removed \(counted(count, "image")); u brings it back"
    case .keptOne(let kept): kept.text
    case .confirmed(let count): "Said to be right: \(counted(count, "image"))"
    case .kept(let count):
      "\(counted(count, "near-duplicate")) \(count == 1 ? "stays and is" : "stay and are") "
        + "not listed again"
    case .accepted(let count):
      count == 0
        ? "No suggestion is that probable"
        : "Took the suggestion for \(counted(count, "image")); u takes it back"
    case .summary(let text): text
    case .nothingToReview(let kind):
      switch kind {
      case .suspects: "No picture is tagged yet"
      case .suggestions, .queue: "Every picture has a tag"
      case .neighbours: "There is no other picture yet"
      case .asked: "No program has asked about a picture that is not here"
      case .changes: "No picture became right or wrong"
      case .nearDuplicates: "No two pictures are nearly the same"
      }
    case .undone(let change): "Took back: \(change.words)"
    case .redone(let change): "Made again: \(change.words)"
    case .nothingToUndo: "Nothing to undo"
    case .nothingToRedo: "Nothing to redo"
    case .trained(let report): "Trained iteration \(report.iteration.number)"
    case .trainingCancelled: "Training stopped; nothing was changed"
    case .trainingFailed(let reason): "Training failed: \(reason)"
    case .imported(let summary): summary.text
    case .importFailed(let reason): "Import failed: \(reason)"
    case .imagesUnreadable(let count):
      "\(counted(count, "image")) cannot be read: missing or damaged in the library"
    case .pasteIgnored: "What was pasted is no path, so it was ignored"
    case .failed(let reason): reason
    }
  }

  var role: Role {
    switch self {
    case .commandDisabled, .projectGone, .settingsPassedOver, .termsUnknown, .marksDropped,
      .nothingToUndo, .nothingToRedo, .trainingCancelled,
      .pasteIgnored, .nothingToReview, .summary, .accepted(count: 0):
      .warning
    case .labelsNotSaved, .trainingFailed, .importFailed, .imagesUnreadable, .failed: .bad
    case .keptOne(let kept): kept.removedCount == 0 || kept.tagsDiffered ? .warning : .good
    case .tagCreated, .tagRenamed, .tagDeleted, .tagMerged, .trained, .opened, .projectDeleted,
      .symbols, .removed, .confirmed, .kept, .accepted:
      .good
    case .undone(let change), .redone(let change): change.skippedCount > 0 ? .warning : .good
    case .imported(let summary):
      summary.refused.isEmpty && summary.foldersUnfitForTags.isEmpty ? .good : .warning
    }
  }
}

extension KeptImage {
  fileprivate var text: String {
    guard removedCount > 0 else { return "The others of this group had been removed already" }
    var text = "Kept this one, removed \(counted(removedCount, "image"))"
    if !takenOver.isEmpty {
      text += "; it took over the tag \(takenOver.joined(separator: ", "))"
    }
    if tagsDiffered { text += "; it stays untagged, as their tags differ" }
    return text + "; u takes it back"
  }
}

extension ChangeSummary {
  fileprivate var words: String {
    var text = deed
    if skippedCount > 0 { text += "; \(skippedCount) left alone, changed by someone since" }
    return text
  }
}

extension ChangeSummary {
  /// What was done, without the names of the command line.
  private var deed: String {
    let those = counted(images.count, "image")
    return switch command {
    case "label add": "a tag given to \(those)"
    case "label remove": "tags taken from \(those)"
    case "label confirm": "tags of \(those) said to be right"
    case "label import": "tags of \(those) read from a file"
    case "image remove": "\(those) removed"
    case "image restore": "\(those) brought back"
    case "image metadata": "\(those) described"
    case "near-duplicates keep": "\(those) kept beside near-duplicates"
    case "near-duplicates keep-one": "near-duplicates removed, \(those) changed"
    case "tag create": "a new tag"
    case "tag rename": "a tag renamed"
    case "tag delete": "a tag deleted, which \(those) bore"
    case "tag merge": "a tag merged into another, on \(those)"
    case "tag restore": "a tag brought back, on \(those)"
    case "project rename": "the project renamed"
    case "revert": "changes reverted, of \(those)"
    default: images.isEmpty ? command : "\(command), \(those)"
    }
  }
}

extension ImportSummary {
  fileprivate var text: String {
    var parts = ["\(wasCancelled ? "Stopped: " : "")\(importedCount) imported"]
    if duplicateCount > 0 { parts.append("\(duplicateCount) already there") }
    if keptTagCount > 0 { parts.append("\(keptTagCount) of them kept the tag they had") }
    switch foldersUnfitForTags.count {
    case 0: break
    case 1: parts.append("“\(foldersUnfitForTags[0])” cannot be the name of a tag")
    case let count: parts.append("\(count) names of folders cannot be tags")
    }
    if !refused.isEmpty { parts.append("\(refused.count) refused (F lists them)") }
    if !passedOver.isEmpty {
      parts.append("\(counted(passedOver.count, "other file")) passed over: no pictures")
    }
    return parts.joined(separator: ", ")
  }
}
