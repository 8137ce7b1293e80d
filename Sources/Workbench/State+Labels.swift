import Dataset

/// Tagging: shown at once, saved behind, taken back where saving fails.
extension State {
  mutating func runTagging(_ command: Command) -> [Effect] {
    switch command {
    case .giveTag(let number): return tags.tag(number: number).map { give($0.id) } ?? []
    case .giveNegativeTag: return tags.negativeTag.map { give($0.id) } ?? []
    case .pickTag: overlay = .picker(Picker(.tag))
    case .repeatTagging: return lastOperation.map { change($0) } ?? []
    case .clearTags: return change(.clear)
    case .takePrediction: return takePrediction()
    case .confirmTags:
      let images = selection
      noteHandled(images)
      finishTagging()
      return [.confirmTags(images)]
    case .removeImages:
      guard selection.count > 1 else { return removeImages(selection) }
      overlay = .question(.removeImages(selection))
    default: preconditionFailure("\(command) does not tag")
    }
    return []
  }

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
      lastOperation = .add(tag)
      noteHandled(selection)
      finishTagging()
      return []
    case .multiclass: return change(.add(tag))
    }
  }

  mutating func change(_ operation: LabelOperation) -> [Effect] {
    // The images may have gone while a picker was open over them.
    guard !selection.isEmpty else {
      notice = .commandDisabled(.noImages)
      return []
    }
    lastOperation = operation
    let effect = change(selection, operation)
    finishTagging(isComplete: isComplete(after: operation))
    return [effect]
  }

  /// Changes images without regard to marks and cursor.
  private mutating func change(_ images: [ImageID], _ operation: LabelOperation) -> Effect {
    let change = LabelChange(id: nextTicket(), images: images, operation: operation)
    pendingChanges.append(change)
    noteHandled(images)
    return .changeLabels(change)
  }

  /// Whether an image needs no more tags after an operation: one that bears several may get another.
  private func isComplete(after operation: LabelOperation) -> Bool {
    project.type == .multiclass || operation == .clear
  }

  /// Drops the marks, or goes on to the next image where there were none and this one is complete.
  private mutating func finishTagging(isComplete: Bool = true) {
    images.range = nil
    if images.marks.isEmpty {
      if preferences.movesOn, isComplete {
        images.moveCursor(to: images.cursor + 1, page: imagePage)
      }
    } else {
      images.marks = []
    }
  }

  /// Gives each image of the selection what is predicted of it, where that is known.
  private mutating func takePrediction() -> [Effect] {
    let ids = Set(selection)
    var changes: [(operation: LabelOperation, images: [ImageID])] = []
    for image in images.rows where ids.contains(image.id) {
      for operation in operations(toTakePredictionOf: image) {
        if let index = changes.firstIndex(where: { $0.operation == operation }) {
          changes[index].images.append(image.id)
        } else {
          changes.append((operation, [image.id]))
        }
      }
    }
    let effects = changes.map { change($0.images, $0.operation) }
    finishTagging()
    return effects
  }

  /// What is left to do until an image bears what is predicted of it. Where near-duplicates speak
  /// against its tags, in the list that is gone through, their word counts.
  private func operations(toTakePredictionOf image: Image) -> [LabelOperation] {
    let borne = tags(of: image)
    let corrections = review?.list.line(of: image.id)?.corrections ?? []
    let judgement = suggestion(for: image)?.judgement
    let predicted = judgement?.predictedTags(project.type) ?? borne
    let wanted = corrections.reduce(predicted) { rules.tags(after: $1, from: $0) }
    let missing = wanted.filter { !borne.contains($0) }
    // Giving a multiclass image its tag takes the other one away.
    guard project.type == .multilabel else { return missing.map { .add($0) } }
    let unwarranted = borne.filter { tag in
      !wanted.contains(tag)
        && (judgement?.probability(of: tag) != nil || corrections.contains(.remove(tag)))
    }
    return missing.map { .add($0) } + unwarranted.map { .remove($0) }
  }

  mutating func removeImages(_ ids: [ImageID]) -> [Effect] {
    images.marks.subtract(ids)
    images.range = nil
    forget(ids)
    return [.removeImages(ids)]
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

  mutating func created(_ tag: Tag, givenTo images: [ImageID]) -> [Effect] {
    // Its digit is told before the list has been read again.
    var counts = tags.counts
    if tags.tag(tag.id) == nil { counts.append(TagCount(tag: tag, imageCount: 0)) }
    tags = TagsState(
      counts: counts, imageCount: tags.imageCount, untaggedCount: tags.untaggedCount)
    notice = .tagCreated(name: tag.name, key: tags.number(of: tag.id))
    guard !images.isEmpty else { return [.loadTags] }
    lastOperation = .add(tag.id)
    let effect = change(images, .add(tag.id))
    // Whoever has gone on meanwhile stays where they are.
    if images == selection { finishTagging(isComplete: isComplete(after: .add(tag.id))) }
    return [.loadTags, effect]
  }

  mutating func accept(_ tags: TagsState) -> [Effect] {
    self.tags = tags
    hasLoadedTags = true
    if case .picker(var picker) = overlay {
      // It may list fewer rows now.
      picker.cursor = clamp(picker.cursor, count: pickerRows(picker).count)
      overlay = .picker(picker)
    }
    // The tag that was filtered by may have been deleted elsewhere.
    return tags.filters.contains(images.filter) ? [] : filter(by: .all)
  }
}

extension ImagesState {
  mutating func rewriteRows(_ change: (inout Image) -> Void) {
    for index in rows.indices { change(&rows[index]) }
  }
}
