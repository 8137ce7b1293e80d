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
    case .unknownArgument(let text, let wanted?): "“\(text)” is none of: \(wanted)"
    case .unknownArgument(let text, nil): "Nothing goes behind this command: “\(text)”"
    case .removed(let count): "Removed \(counted(count, "image")); u brings it back"
    case .confirmed(let count): "Said to be right: \(counted(count, "image"))"
    case .kept(let count): "\(counted(count, "near-duplicate")) stay, and are not listed again"
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
    case .undone(let change): "Undone: \(change.words)"
    case .redone(let change): "Redone: \(change.words)"
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
    case .commandDisabled, .unknownArgument, .nothingToUndo, .nothingToRedo, .trainingCancelled,
      .pasteIgnored, .nothingToReview, .summary, .accepted(count: 0):
      .warning
    case .labelsNotSaved, .trainingFailed, .importFailed, .imagesUnreadable, .failed: .bad
    case .tagCreated, .trained, .opened, .symbols, .removed, .confirmed, .kept, .accepted: .good
    case .undone(let change), .redone(let change): change.skippedCount > 0 ? .warning : .good
    case .imported(let summary): summary.refused.isEmpty ? .good : .warning
    }
  }
}

extension ChangeSummary {
  fileprivate var words: String {
    var text = command
    if !images.isEmpty { text += " on \(counted(images.count, "image"))" }
    if skippedCount > 0 { text += "; \(skippedCount) left alone, changed by someone since" }
    return text
  }
}

extension ImportSummary {
  fileprivate var text: String {
    var parts = ["\(wasCancelled ? "Stopped: " : "")\(importedCount) imported"]
    if duplicateCount > 0 { parts.append("\(duplicateCount) already there") }
    if keptTagCount > 0 { parts.append("\(keptTagCount) of them kept the tag they had") }
    if !refused.isEmpty { parts.append("\(refused.count) refused") }
    return parts.joined(separator: ", ")
  }
}
