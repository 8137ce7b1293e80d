import Dataset

/// Tagging: shown at once, saved behind, taken back where saving fails.
extension State {
  /// Gives a tag to the selection. In a multilabel project it toggles: a tag that all of them bear
  /// goes.
  mutating func give(_ tag: TagID) -> [Effect] {
    let ids = Set(selection)
    // Images beyond the loaded rows are not known to bear the tag, so that they get it.
    let bearers = images.rows.filter { ids.contains($0.id) && tags(of: $0).contains(tag) }
    let allBearIt = bearers.count == ids.count
    switch project.type {
    case .multilabel: return change(allBearIt ? .remove(tag) : .add(tag))
    case .multiclass where allBearIt:
      // Nothing to save: the person has looked and agrees.
      finishTagging()
      return []
    case .multiclass: return change(.add(tag))
    }
  }

  mutating func change(_ operation: LabelOperation) -> [Effect] {
    let change = LabelChange(id: nextTicket(), images: selection, operation: operation)
    pendingChanges.append(change)
    finishTagging()
    return [.changeLabels(change)]
  }

  /// Drops the marks, or goes on to the next image where there were none.
  private mutating func finishTagging() {
    if images.marks.isEmpty {
      images.moveCursor(to: images.cursor + 1, pageRows: viewport.imageRows)
    } else {
      images.marks = []
    }
  }

  mutating func saved(_ id: ChangeID) -> [Effect] {
    guard let index = pendingChanges.firstIndex(where: { $0.id == id }) else { return [] }
    // The rows get what is on the disk now, until they are read anew.
    let change = pendingChanges.remove(at: index)
    let rules = self.rules
    let ids = Set(change.images)
    images.rewriteRows { image in
      guard ids.contains(image.id) else { return }
      image.tags = rules.tags(after: change.operation, from: image.tags)
    }
    return reload()
  }

  mutating func created(_ tag: Tag) -> [Effect] {
    // Its digit is told before the list has been read again.
    var counts = tags.counts
    if tags.tag(tag.id) == nil { counts.append(TagCount(tag: tag, imageCount: 0)) }
    tags = TagsState(
      counts: counts, imageCount: tags.imageCount, untaggedCount: tags.untaggedCount)
    notice = .tagCreated(name: tag.name, key: tags.number(of: tag.id))
    return [.loadTags]
  }

  mutating func accept(_ tags: TagsState) -> [Effect] {
    self.tags = tags
    hasLoadedTags = true
    // The tag that was filtered by may have been deleted elsewhere.
    return tags.filters.contains(images.filter) ? [] : filter(by: .all)
  }
}

extension ImagesState {
  mutating func rewriteRows(_ change: (inout Image) -> Void) {
    for index in rows.indices { change(&rows[index]) }
  }
}
